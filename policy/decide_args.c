/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decide_args.c - conditions on arguments as tests of 32-bit words; see decide_args.h.
 *
 * Rules are tried in order. What a way through the tests has learnt of a word decides later tests
 * of the same word, so that ten values of one argument cost one look at its upper half.
 */
#include "decide_args.h"

#include <string.h>

#include "build.h"
#include "facts.h"

#define CONDITIONS_MAX BPF_MAXINSNS /* of one call; more do not fit into a filter */
#define LEARNING_MAX 6000U	    /* tests after which nothing more is learnt, so that the time is bounded */

/* What is to be tested next: condition C of rule I, and of that which half. */
enum half {
	HALF_LOWER,
	HALF_UPPER,
	HALF_UPPER_EQUAL, /* the upper one, which is not greater: is it equal? */
};

struct at {
	size_t i, c;
	enum half half;
};

/* A place that was reached, with what was known there, and the node that it became. */
struct visit {
	struct visit *next;
	struct at at;
	uint32_t node;
	size_t n;
	struct fact facts[];
};

#define VISITS_MAX 4096U

/* Learning more saves tests on each way but makes more different ways: no choice is always best. */
enum learning {
	LEARN_ALL,
	LEARN_UPPER, /* what upper halves are equal to, or not */
	LEARN_NOTHING,
	LEARNINGS,
};

struct decider {
	struct graph *graph;
	const struct policy *policy;
	uint32_t first, last;
	const struct rule **rules; /* those that may match */
	uint32_t *words;	   /* for each rule the words (bit by 4 bytes) that it or a later one looks at */
	size_t n, n_visits;
	enum learning learning;
	size_t left;	       /* tests that may still be learnt from */
	struct visit **visits; /* n_visits lists */
};

static uint32_t decide_at(struct decider *d, struct at at, const struct facts *facts);

/* ---- learning ---- */

/* Keeps the facts about words that are looked at from rule I on. */
static void keep_relevant(const struct decider *d, size_t i, struct facts *facts)
{
	for (size_t k = facts->n; k-- > 0;)
		if (i == d->n || (d->words[i] >> facts->fact[k].test.word / 4 & 1) == 0)
			facts_forget(facts, k);
}

static bool same_facts(const struct visit *v, const struct facts *facts)
{
	if (v->n != facts->n)
		return false;
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *a = &v->facts[i], *b = &facts->fact[i];

		if (a->test.word != b->test.word || a->test.mask != b->test.mask || a->test.k != b->test.k ||
		    a->test.op != b->test.op || a->holds != b->holds)
			return false;
	}
	return true;
}

/* The link in its list that leads to the visit of that place, or the last link. */
static struct visit **find_visit(struct decider *d, struct at at, const struct facts *facts)
{
	size_t h = at.i * 31 + at.c * 7 + (size_t)at.half;
	struct visit **v;

	for (size_t i = 0; i < facts->n; i++)
		h = h * 33 + facts->fact[i].test.k + facts->fact[i].holds;
	v = &d->visits[h % d->n_visits];
	while (*v != NULL &&
	       ((*v)->at.i != at.i || (*v)->at.c != at.c || (*v)->at.half != at.half || !same_facts(*v, facts)))
		v = &(*v)->next;
	return v;
}

static void remember_node(struct decider *d, struct at at, const struct facts *facts, uint32_t node)
{
	struct visit **link = find_visit(d, at, facts);
	struct visit *v = arena_zalloc(d->graph->arena, sizeof(*v) + facts->n * sizeof(v->facts[0]));

	v->at = at;
	v->node = node;
	v->n = facts->n;
	memcpy(v->facts, facts->fact, facts->n * sizeof(v->facts[0]));
	*link = v;
}

/* ---- tests ---- */

/* FACTS with the outcome of the test, unless enough was learnt. */
static struct facts with_fact(const struct decider *d, const struct facts *facts, const struct atom *t, bool holds)
{
	const bool upper = t->op == BPF_JEQ && t->word % 8 == 4;
	struct facts more = *facts;

	if (d->left == 0 || d->learning == LEARN_NOTHING)
		more.n = 0;
	else if (d->learning == LEARN_ALL || upper)
		facts_learn(&more, t, holds);
	return more;
}

static uint32_t test_atom(struct decider *d, const struct atom *t, struct at yes, struct at no,
			  const struct facts *facts)
{
	const int known = facts_answer(facts, t);
	struct facts more;
	uint32_t y, n;

	if (known >= 0)
		return decide_at(d, known == 1 ? yes : no, facts);
	if (d->left > 0)
		d->left--;
	more = with_fact(d, facts, t, true);
	y = decide_at(d, yes, &more);
	more = with_fact(d, facts, t, false);
	n = decide_at(d, no, &more);
	return graph_test(d->graph, t, y, n);
}

static uint32_t word_of(enum field field, bool upper)
{
	switch (field) {
	case FIELD_NR:
		return SECCOMP_NR;
	case FIELD_IP:
		return upper ? SECCOMP_IP_HI : SECCOMP_IP_LO;
	default:
		return SECCOMP_ARG0_LO + 8U * field + (upper ? 4U : 0U);
	}
}

/* The test of equality, by the cheapest operation. *SWAPPED: it holds where the test fails. */
static struct atom equality_atom(uint32_t word, uint32_t mask, uint32_t value, bool *swapped)
{
	struct atom t = { .word = word, .mask = mask, .k = value, .op = BPF_JEQ };

	*swapped = false;
	if (mask != UINT32_MAX && (value == 0 || (value == mask && (mask & (mask - 1)) == 0))) {
		t.op = BPF_JSET;
		t.mask = UINT32_MAX;
		t.k = mask;
		*swapped = value == 0;
	}
	return t;
}

/* The bits of the field that the condition looks at. */
static uint64_t mask_of(const struct condition *c)
{
	return c->field == FIELD_NR || c->width == 32 ? (uint32_t)c->mask : c->mask;
}

/* One half of a condition, as a test for equality or greater (or equal): YES if it holds, or NO. */
static uint32_t test_half(struct decider *d, const struct condition *c, struct at at, struct at yes, struct at no,
			  const struct facts *facts)
{
	const bool upper = at.half != HALF_LOWER;
	const uint32_t mask = (uint32_t)(mask_of(c) >> (upper ? 32 : 0)),
		       value = (uint32_t)(c->value >> (upper ? 32 : 0));
	const struct at lower = { at.i, at.c, HALF_LOWER }, equal = { at.i, at.c, HALF_UPPER_EQUAL };
	const bool equality_asked = c->test == TEST_EQ || c->test == TEST_NE;
	const bool greater = c->test == TEST_GT || c->test == TEST_LE;
	struct atom t = { .word = word_of(c->field, upper), .mask = mask, .k = value, .op = BPF_JGT };
	bool swapped;

	/* Nothing of the word is looked at: it is as if it were 0. */
	if (mask == 0 && upper)
		return decide_at(d, value == 0 ? lower : no, facts);
	if (mask == 0)
		return decide_at(d, value == 0 && !greater ? yes : no, facts);
	if (equality_asked && (value & ~mask) != 0)
		return decide_at(d, no, facts);
	if (at.half == HALF_UPPER && !equality_asked)
		return test_atom(d, &t, yes, equal, facts);
	if (upper || equality_asked) {
		t = equality_atom(t.word, mask, value, &swapped);
		yes = upper ? lower : yes;
		return test_atom(d, &t, swapped ? no : yes, swapped ? yes : no, facts);
	}
	t.op = greater ? BPF_JGT : BPF_JGE;
	return test_atom(d, &t, yes, no, facts);
}

/* Is it a condition on the number that holds for all numbers of the graph? */
static bool is_settled(const struct decider *d, const struct condition *c)
{
	return c->field == FIELD_NR && (d->first == d->last || mask_of(c) == UINT32_MAX);
}

static uint32_t decide_at(struct decider *d, struct at at, const struct facts *known)
{
	struct facts facts = *known;
	const struct condition *c;
	struct at next, fails;
	struct visit *v;
	uint32_t node;
	bool negative;

	while (at.i < d->n && at.c < d->rules[at.i]->n_conditions && is_settled(d, &d->rules[at.i]->conditions[at.c]))
		at = (struct at){ at.i, at.c + 1, HALF_UPPER };
	if (at.i == d->n)
		return graph_leaf(d->graph, d->policy->otherwise);
	if (at.c == d->rules[at.i]->n_conditions)
		return graph_leaf(d->graph, d->rules[at.i]->ret);
	keep_relevant(d, at.i, &facts);
	v = *find_visit(d, at, &facts);
	if (v != NULL)
		return v->node;
	c = &d->rules[at.i]->conditions[at.c];
	negative = c->test == TEST_NE || c->test == TEST_LT || c->test == TEST_LE;
	next = (struct at){ at.i, at.c + 1, HALF_UPPER };
	fails = (struct at){ at.i + 1, 0, HALF_UPPER };
	node = test_half(d, c, at, negative ? fails : next, negative ? next : fails, &facts);
	remember_node(d, at, &facts, node);
	return node;
}

/* ---- the rules for some numbers ---- */

/* May the rule match one of the numbers? */
static bool may_match(const struct decider *d, const struct rule *r)
{
	const struct seccomp_data data = { .nr = (int)d->first };

	if (r->inactive != NULL || (!r->every_call && (r->nr != d->first || r->nr != d->last)))
		return false;
	for (size_t i = 0; i < r->n_conditions; i++)
		if (is_settled(d, &r->conditions[i]) && !condition_holds(&r->conditions[i], &data))
			return false;
	return true;
}

/* Does the rule match all of the numbers, whatever the arguments? */
static bool matches_all(const struct decider *d, const struct rule *r)
{
	for (size_t i = 0; i < r->n_conditions; i++)
		if (!is_settled(d, &r->conditions[i]))
			return false;
	return true;
}

static uint32_t words_of(const struct rule *r)
{
	uint32_t words = 0;

	for (size_t i = 0; i < r->n_conditions; i++)
		words |= 1U << word_of(r->conditions[i].field, false) / 4 |
			 1U << word_of(r->conditions[i].field, true) / 4;
	return words;
}

/* Collects rules that may match, up to the first that always does. Returns how many conditions. */
static size_t collect_rules(struct decider *d)
{
	size_t conditions = 0;

	for (size_t i = 0; i < d->policy->n_rules; i++) {
		const struct rule *r = &d->policy->rules[i];

		if (!may_match(d, r))
			continue;
		d->rules[d->n++] = r;
		conditions += r->n_conditions;
		if (matches_all(d, r))
			break;
	}
	for (size_t i = d->n; i-- > 0;)
		d->words[i] = words_of(d->rules[i]) | (i + 1 < d->n ? d->words[i + 1] : 0);
	return conditions;
}

static size_t mark_reachable(const struct graph *g, uint32_t root, unsigned char *seen)
{
	const struct node *n = &g->nodes[root];

	if (seen[root] != 0)
		return 0;
	seen[root] = 1;
	return n->leaf ? 0 : 1 + mark_reachable(g, n->yes, seen) + mark_reachable(g, n->no, seen);
}

/* How many tests a graph has. */
static size_t count_tests(const struct graph *g, uint32_t root)
{
	struct arena scratch = { 0 };
	const size_t n = mark_reachable(g, root, arena_zalloc(&scratch, g->n));

	arena_free(&scratch);
	return n;
}

bool decide_args(struct graph *g, const struct policy *p, uint32_t first, uint32_t last, uint32_t *node)
{
	struct arena scratch = { 0 };
	struct decider *d = arena_zalloc(&scratch, sizeof(*d));
	const struct facts nothing = { 0 };
	size_t conditions, least = SIZE_MAX;

	*d = (struct decider){ .graph = g, .policy = p, .first = first, .last = last };
	d->rules = arena_zalloc(&scratch, (p->n_rules + 1) * sizeof(const struct rule *));
	d->words = arena_zalloc(&scratch, (p->n_rules + 1) * sizeof(*d->words));
	conditions = collect_rules(d);
	d->n_visits = 64 * conditions < VISITS_MAX ? 64 * conditions + 1 : VISITS_MAX;
	for (d->learning = LEARN_ALL; d->learning < LEARNINGS && conditions <= CONDITIONS_MAX && least > 1;
	     d->learning++) {
		uint32_t root;
		size_t tests;

		d->visits = arena_zalloc(&scratch, d->n_visits * sizeof(struct visit *));
		d->left = LEARNING_MAX;
		root = decide_at(d, (struct at){ 0, 0, HALF_UPPER }, &nothing);
		tests = count_tests(g, root);
		if (tests < least) {
			least = tests;
			*node = root;
		}
	}
	arena_free(&scratch);
	return conditions <= CONDITIONS_MAX;
}
