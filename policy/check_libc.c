/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_libc.c - checks: what C libraries make of the answers.
 */
#include <string.h>

#include <abi/errno.h>
#include "check.h"
#include "say.h"
#include "show.h"

#define FALLBACKS_MAX 16U

/* The errno of a call that fails whatever its arguments; 0: it is answered otherwise. */
static uint32_t errno_of(const struct checked_call *k)
{
	if (!k->constant || (k->ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ERRNO)
		return 0;
	return k->ret & SECCOMP_RET_DATA;
}

static bool always_kills(const struct checked_call *k)
{
	return k->constant && action_kills(k->ret);
}

/* Calls with one answer, and one place where it is said. */
struct group {
	enum check_id id;
	uint32_t ret;
	struct place at;
	const char *names;
	size_t n;
};

static bool is_same_place(struct place a, struct place b)
{
	return a.source == b.source && a.offset == b.offset && a.length == b.length;
}

/*
 * A newer call is refused, and the older one is not that libraries fall back on: they do so after
 * ENOSYS only.
 */
static bool hinders_fallback(struct checker *c, const struct checked_call *k, enum check_id *id)
{
	const char *older = show_fallback(k->call->name);

	if (older == NULL || checked(c, older) == NULL || !checked(c, older)->may_run)
		return false;
	*id = always_kills(k) ? CHECK_FALLBACK_KILLED : CHECK_FALLBACK_ERRNO;
	return always_kills(k) || (errno_of(k) != 0 && errno_of(k) != ENOSYS);
}

void check_libc(struct checker *c)
{
	struct group groups[FALLBACKS_MAX] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < c->n_calls; i++) {
		const struct checked_call *k = &c->calls[i];
		enum check_id id;
		size_t g = 0;

		if (!hinders_fallback(c, k, &id))
			continue;
		while (g < n && (groups[g].ret != k->ret || !is_same_place(groups[g].at, answer_place(c, k))))
			g++;
		if (g == FALLBACKS_MAX)
			break;
		if (g == n)
			groups[n++] = (struct group){ id, k->ret, answer_place(c, k), "", 0 };
		groups[g].names = append_word(c->arena, groups[g].names, k->call->name);
		groups[g].n++;
	}
	for (size_t g = 0; g < n; g++) {
		const char *todo = advise_enosys(c, groups[g].names), *answer = say_answer(c->arena, groups[g].ret);

		if (groups[g].id == CHECK_FALLBACK_KILLED)
			check_found(c, CHECK_FALLBACK_KILLED, groups[g].at, todo,
				    "%s: %s, and C libraries try %s before the older %s", groups[g].names, answer,
				    groups[g].n == 1 ? "it" : "them", groups[g].n == 1 ? "call" : "calls");
		else
			check_found(c, CHECK_FALLBACK_ERRNO, groups[g].at, todo,
				    "%s: %s, and C libraries take the older call after ENOSYS only", groups[g].names,
				    answer);
	}
}
