/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_answers.c - checks: answers that do something else than they seem to.
 */
#include <inttypes.h>

#include <abi/errno.h>
#include "check.h"
#include "names.h"
#include "say.h"

#define NAMES_MAX 4U

/* Which calls have an answer of one kind: how many, the first ones' names, and where it stands. */
struct having {
	size_t n;
	const char *names;
	struct place at;
	uint32_t ret;
};

static void take_hit(struct checker *c, const struct checked_call *k, const char *name, bool (*is)(uint32_t ret),
		     struct having *h)
{
	for (size_t i = 0; i < k->outcomes.n; i++) {
		const struct outcome *o = &k->outcomes.list[i];

		if (o->ret.term != NULL || !is(o->ret.k))
			continue;
		if (h->n == 0) {
			h->at = outcome_place(c->policy, o);
			h->ret = o->ret.k;
		}
		if (h->n++ < NAMES_MAX)
			h->names = append_word(c->arena, h->names, name);
		return;
	}
}

static struct having calls_with(struct checker *c, bool (*is)(uint32_t ret))
{
	struct having h = { .names = "" };

	for (size_t i = 0; i < c->n_calls; i++)
		take_hit(c, &c->calls[i], c->calls[i].call->name, is, &h);
	take_hit(c, &c->above, "(numbers above)", is, &h);
	if (h.n > NAMES_MAX)
		h.names = arena_print(c->arena, "%s and %zu others", h.names, h.n - NAMES_MAX);
	return h;
}

static uint32_t action_of(uint32_t ret)
{
	return ret & SECCOMP_RET_ACTION_FULL;
}

static bool is_allow_with_data(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_ALLOW && (ret & SECCOMP_RET_DATA) != 0;
}

static bool is_errno_above(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_ERRNO && (ret & SECCOMP_RET_DATA) > 4095;
}

static bool is_errno_zero(uint32_t ret)
{
	return ret == SECCOMP_RET_ERRNO;
}

static bool is_unknown(uint32_t ret)
{
	return !seccomp_action_known(action_of(ret));
}

static bool is_trap(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_TRAP;
}

static bool is_trace(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_TRACE;
}

static bool is_notif(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_USER_NOTIF;
}

static bool is_kill_thread(uint32_t ret)
{
	return action_of(ret) == SECCOMP_RET_KILL_THREAD;
}

static bool may_have_threads(const struct checker *c)
{
	return checked(c, "clone")->may_run || checked(c, "clone3")->may_run;
}

void check_answers(struct checker *c)
{
	static const struct {
		enum check_id id;
		bool (*is)(uint32_t ret);
		const char *text; /* after the names and the answer */
	} rows[] = {
		{ CHECK_UNKNOWN_ACTION, is_unknown, ", which is no action: the kernel kills the process" },
		{ CHECK_ERRNO_ZERO, is_errno_zero, ": the call does nothing, and returns 0" },
		{ CHECK_ERRNO_ABOVE, is_errno_above, ", and an errno over 4095 is delivered as 4095" },
		{ CHECK_TRAP_UNHANDLED, is_trap, ": SIGSYS, which kills a program without a handler of it" },
		{ CHECK_TRACE_ALONE, is_trace, ": ENOSYS, unless a tracer with PTRACE_O_TRACESECCOMP is there" },
		{ CHECK_KILLS_THREAD, is_kill_thread, ": one thread ends without a word, and the others go on" },
		{ CHECK_ALLOW_DATA, is_allow_with_data, ": the data of ALLOW means nothing" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct having h = calls_with(c, rows[i].is);

		if (rows[i].id == CHECK_KILLS_THREAD && !may_have_threads(c))
			continue;
		if (h.n > 0)
			check_found(c, rows[i].id, h.at, NULL, "%s: %s%s", h.names, say_answer(c->arena, h.ret),
				    rows[i].text);
	}
	if ((c->policy->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) == 0) {
		const struct having h = calls_with(c, is_notif);

		if (h.n > 0)
			check_found(c, CHECK_NOTIFY_ALONE, h.at, NULL,
				    "%s: USER_NOTIF, and the policy asks for no listener: ENOSYS without one", h.names);
	}
}
