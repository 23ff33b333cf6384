/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oci_order.c - which rule of an OCI profile wins: what libseccomp and
 * runc make of rules that overlap.
 *
 * libseccomp keeps the rules of a call as a tree and answers what the first branch that fits
 * says: a rule without conditions replaces those with conditions; the rules with conditions are
 * ordered by argument, operator and value [db.c: _db_chain_lt]. Here the rules are put into that
 * order. runc writes a stub before all: ENOSYS for numbers above the largest that the profile
 * names [patchbpf/enosys_linux.go].
 */
#include <stdlib.h>

#include <abi/errno.h>
#include "action_words.h"
#include "oci.h"

/* The priority of an operator: the higher comes first. */
static int rank_of(enum test test)
{
	switch (test) {
	case TEST_EQ:
	case TEST_NE:
		return 3;
	case TEST_LE:
	case TEST_LT:
		return 2;
	default:
		return 1;
	}
}

/*
 * Orders by half HALF (1 the upper, which libseccomp looks at first) of
 * two conditions on one argument.
 */
static int compare_half(const struct condition *a, const struct condition *b, unsigned int half)
{
	const uint32_t x = (uint32_t)(a->value >> 32 * half), y = (uint32_t)(b->value >> 32 * half);

	if (x == y)
		return 0;
	/* For < and <=, small values come first; for all others, large ones. */
	return (x < y) == (rank_of(a->test) == 2) ? -1 : 1;
}

static int compare_conditions(const struct condition *a, const struct condition *b)
{
	int c;

	if (a->field != b->field)
		return a->field > b->field ? -1 : 1;
	if (rank_of(a->test) != rank_of(b->test))
		return rank_of(a->test) > rank_of(b->test) ? -1 : 1;
	c = compare_half(a, b, 1);
	return c != 0 ? c : compare_half(a, b, 0);
}

/* Conditions by argument, lowest first, as libseccomp chains them. */
static int by_argument(const void *a, const void *b)
{
	const struct condition *x = a, *y = b;

	return (x->field > y->field) - (x->field < y->field);
}

static int compare_rules(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;

	if (x->every_call != y->every_call)
		return x->every_call ? -1 : 1;
	if (x->nr != y->nr)
		return x->nr < y->nr ? -1 : 1;
	if ((x->n_conditions == 0) != (y->n_conditions == 0))
		return x->n_conditions == 0 ? -1 : 1;
	for (size_t i = 0; i < x->n_conditions && i < y->n_conditions; i++) {
		const int c = compare_conditions(&x->conditions[i], &y->conditions[i]);

		if (c != 0)
			return c;
	}
	if (x->n_conditions != y->n_conditions)
		return x->n_conditions < y->n_conditions ? -1 : 1;
	/* The one that stands first; libseccomp ignores or refuses the other. */
	return (x->at.offset > y->at.offset) - (x->at.offset < y->at.offset);
}

/* runc's stub: not for profiles that allow what they do not name [generatePatch]. */
static void add_stub(struct oci *o)
{
	struct condition above;
	struct rule *r;

	if (o->runtime != OCI_DOCKER || o->largest == 0 || action_runs(o->policy->otherwise) ||
	    (o->policy->otherwise & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_TRACE)
		return;
	above = condition_on(FIELD_NR, TEST_GT, o->largest, o->policy->otherwise_at);
	r = policy_add_rule(o->stack, o->policy, o->policy->otherwise_at);
	r->ret = SECCOMP_RET_ERRNO | ENOSYS;
	r->comment = "runc: calls newer than every call that the profile names do not exist";
	r->implied = true;
	rule_set_conditions(o->stack, r, &above, 1);
}

/* Sorts the conditions of a rule; libseccomp drops those that look at no bit. */
static void chain_conditions(struct oci *o, struct rule *r)
{
	struct condition *sorted = arena_zalloc(o->stack->arena, (r->n_conditions + 1) * sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < r->n_conditions; i++)
		if (r->conditions[i].mask != 0)
			sorted[n++] = r->conditions[i];
	qsort(sorted, n, sizeof(*sorted), by_argument);
	r->conditions = sorted;
	r->n_conditions = n;
}

void oci_order(struct oci *o)
{
	struct policy *p = o->policy;

	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].n_conditions > 0)
			chain_conditions(o, &p->rules[i]);
	add_stub(o);
	if (p->n_rules > 0)
		qsort(p->rules, p->n_rules, sizeof(*p->rules), compare_rules);
}
