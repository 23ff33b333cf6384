/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbolic_rules.c - the outcomes of a policy's rules over a box:
 * policy_meaning(), for z3. See symbolic.h.
 */
#include "symbolic_rules.h"

static void add_outcome(struct arena *arena, struct outcomes *out, Z3_ast when, uint32_t ret, const struct rule *rule)
{
	out->list = arena_grow(arena, out->list, out->n, 1, sizeof(*out->list), &out->room);
	out->list[out->n++] = (struct outcome){ .when = when, .ret.k = ret, .rule = rule };
}

int range_compares(const uint32_t range[2], enum test test, uint64_t value, uint64_t *cut)
{
	const uint64_t first = range[0], last = range[1];

	switch (test) {
	case TEST_EQ:
	case TEST_NE:
		if (value < first || value > last)
			return test == TEST_NE;
		if (first == last)
			return test == TEST_EQ;
		*cut = value > first ? value : value + 1;
		return -1;
	case TEST_LT:
	case TEST_GE:
		if (last < value)
			return test == TEST_LT;
		if (first >= value)
			return test == TEST_GE;
		*cut = value;
		return -1;
	default:
		if (last <= value)
			return test == TEST_LE;
		if (first > value)
			return test == TEST_GT;
		*cut = value + 1;
		return -1;
	}
}

/*
 * Does R match? 1: always, as far as *WHEN (NULL: always) holds; 0:
 * never; -1: the box is to be cut.
 */
static int match_rule(struct symbols *sym, const struct rule *r, const struct box *box, Z3_ast *when, uint64_t *cut)
{
	*when = NULL;
	if (r->inactive != NULL)
		return 0;
	if (!r->every_call) {
		const int same = range_compares(box->nr, TEST_EQ, r->nr, cut);

		if (same != 1)
			return same;
	}
	for (size_t i = 0; i < r->n_conditions; i++) {
		const struct condition *c = &r->conditions[i];

		if (c->field == FIELD_NR && (uint32_t)c->mask == UINT32_MAX) {
			const int holds = range_compares(box->nr, c->test, c->value, cut);

			if (holds != 1)
				return holds;
		} else {
			*when = both_terms(sym, *when, condition_term(sym, c));
		}
	}
	return 1;
}

void symbolic_rules(struct symbols *sym, struct arena *arena, const struct policy *p, const struct box *box,
		    struct outcomes *out, struct cut *cut)
{
	uint64_t at = 0;
	Z3_ast when;
	int ours = p->every_arch ? 1 : range_compares(box->arch, TEST_EQ, p->arch, &at);

	if (ours == 0) {
		add_outcome(arena, out, NULL, p->foreign, NULL);
		return;
	}
	if (ours < 0) {
		*cut = (struct cut){ true, true, (uint32_t)at };
		return;
	}
	for (size_t i = 0; i < p->n_rules; i++) {
		const int matches = match_rule(sym, &p->rules[i], box, &when, &at);

		if (matches < 0) {
			*cut = (struct cut){ true, false, (uint32_t)at };
			return;
		}
		if (matches == 0)
			continue;
		add_outcome(arena, out, when, p->rules[i].ret, &p->rules[i]);
		if (when == NULL)
			return;
	}
	add_outcome(arena, out, NULL, p->otherwise, NULL);
}
