/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_stack.c - checks: policies that are installed one after the other.
 */
#include <inttypes.h>
#include <string.h>

#include "check.h"
#include "say.h"

#define NAMES_MAX 6U
#define PATH_WARN (SECCOMP_PATH_MAX / 2)

/*
 * Calls that a rule of P names to allow them, and that policy OTHER of the stack refuses whatever
 * the arguments.
 */
static void check_pair(struct checker *c, const struct policy *p, const struct policy *other,
		       const struct subject *other_subject)
{
	struct place at = p->at;
	const char *names = "";
	uint32_t ret = 0;
	size_t n = 0;

	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];
		struct outcomes o;
		uint32_t one;

		if (r->inactive != NULL || r->every_call || !action_runs(r->ret))
			continue;
		o = check_outcomes(c, other_subject, r->nr);
		if (!outcomes_constant(&o, &one) || action_runs(one) ||
		    strstr(names, say_call_name(c->arena, r->nr)) != NULL)
			continue;
		if (n == 0) {
			at = r->name != NULL ? r->name_at : r->at;
			ret = one;
		}
		if (n++ < NAMES_MAX)
			names = append_word(c->arena, names, say_call_name(c->arena, r->nr));
	}
	if (n > 0)
		check_found(c, CHECK_STACK_ADDS_NOTHING, at, NULL,
			    "%s%s allowed here, and %s answers %s: of a stack, the strictest answer counts", names,
			    n > NAMES_MAX ? " ... are"
			    : n > 1	  ? " are"
					  : " is",
			    other->name, say_answer(c->arena, ret));
}

/* Does the policy answer USER_NOTIF, or ask for a listener? *AT is where. */
static bool wants_listener(const struct policy *p, struct place *at)
{
	*at = p->flags_at.source != NULL ? p->flags_at : p->at;
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];

		if (r->inactive != NULL || (r->ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_USER_NOTIF)
			continue;
		*at = r->name != NULL ? r->name_at : r->at;
		return true;
	}
	for (uint32_t pc = 0; pc < p->len; pc++)
		if (p->program[pc].code == (BPF_RET | BPF_K) &&
		    (p->program[pc].k & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_USER_NOTIF)
			return true;
	return (p->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
}

static void check_listeners(struct checker *c)
{
	const struct policy *first = NULL;
	struct place at;

	for (const struct policy *p = c->run->stack->oldest; p != NULL; p = p->newer) {
		if (!wants_listener(p, &at))
			continue;
		if (first != NULL)
			check_found(
				c, CHECK_STACK_LISTENERS, at, NULL,
				"needs a listener, as %s below it does: installing it with one fails with EBUSY, and without one its calls with ENOSYS",
				first->name);
		first = first != NULL ? first : p;
	}
}

static void check_path(struct checker *c)
{
	const struct seccomp_filter *newest = c->run->newest;

	if (newest != NULL && newest->path > PATH_WARN)
		check_found(c, CHECK_BUDGET, (struct place){ 0 }, NULL,
			    "%u filters use %" PRIu32 " of the %u instructions that a process may have",
			    c->run->stack->depth, newest->path, SECCOMP_PATH_MAX);
}

static void check_same(struct checker *c, const struct side *a, const struct side *b, const struct policy *older,
		       const struct policy *newer)
{
	struct seccomp_data example;

	if (ask_equal(c->asker, a, b, &example) == ASK_YES)
		check_found(c, CHECK_STACK_TWICE, newer->at, NULL, "answers every call as %s does, which is below it",
			    older->name);
}

void check_stack(struct checker *c)
{
	const struct run_stack *run = c->run;

	c->policy = NULL;
	for (size_t i = 0; i < run->side.n; i++)
		for (size_t k = 0; k < run->side.n && !is_out_of_time(c); k++) {
			/* What one file makes several filters of is meant together. */
			if (run->policies[i]->at.source != run->policies[k]->at.source)
				check_pair(c, run->policies[i], run->policies[k], &run->subjects[k]);
			if (i < k)
				check_same(c, &(struct side){ &run->subjects[i], 1 },
					   &(struct side){ &run->subjects[k], 1 }, run->policies[i], run->policies[k]);
		}
	check_listeners(c);
	check_path(c);
}
