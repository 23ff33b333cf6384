/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * compile.c - the rules of a policy as a decision graph: the number first, by binary search, then
 * conditions on arguments.
 *
 * Numbers with equal answers lie in one segment. What a segment's calls are answered is a graph of
 * its own, made by decide_args.c. Equal parts are shared (graph.h). Nothing here is trusted: ask.c
 * proves every program equal to its rules before it is used.
 */
#include "compile.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "decide_args.h"
#include "graph.h"

#define SPLIT_MAX 512U /* segments up to which the best tree is looked for */

struct segment {
	uint32_t first, last; /* numbers */
	uint32_t node;
};

struct compiler {
	struct stack *stack;
	const struct policy *policy;
	struct graph graph;
	struct segment *segments;
	size_t n;
	uint16_t *costs; /* of a range of segments, by its ends; 0: not known */
};

/* ---- where answers may change ---- */

static int by_value(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/*
 * The numbers at which another segment may begin, in order, without repetition; the
 * last is 2^32. Returns how many.
 */
static size_t find_borders(struct compiler *c, uint64_t **borders)
{
	const struct policy *p = c->policy;
	uint64_t *b;
	size_t n = 0, kept = 0, most = 2;

	for (size_t i = 0; i < p->n_rules; i++)
		most += 2 + 2 * p->rules[i].n_conditions;
	b = arena_zalloc(c->stack->arena, most * sizeof(*b));
	b[n++] = 0;
	b[n++] = UINT64_C(1) << 32;
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];

		if (r->inactive != NULL)
			continue;
		if (!r->every_call) {
			b[n++] = r->nr;
			b[n++] = (uint64_t)r->nr + 1;
		}
		for (size_t k = 0; k < r->n_conditions; k++) {
			if (r->conditions[k].field == FIELD_NR && r->conditions[k].value < UINT32_MAX) {
				b[n++] = r->conditions[k].value;
				b[n++] = r->conditions[k].value + 1;
			}
		}
	}
	qsort(b, n, sizeof(*b), by_value);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || b[kept - 1] != b[i])
			b[kept++] = b[i];
	*borders = b;
	return kept;
}

/* Cuts the numbers into segments of equal answers. False: see decide_args(). */
static bool find_segments(struct compiler *c)
{
	uint64_t *borders;
	const size_t n = find_borders(c, &borders);

	c->segments = arena_zalloc(c->stack->arena, n * sizeof(*c->segments));
	for (size_t i = 0; i + 1 < n; i++) {
		const uint32_t first = (uint32_t)borders[i], last = (uint32_t)(borders[i + 1] - 1);
		uint32_t node;

		if (!decide_args(&c->graph, c->policy, first, last, &node))
			return false;
		if (c->n > 0 && c->segments[c->n - 1].node == node)
			c->segments[c->n - 1].last = last;
		else
			c->segments[c->n++] = (struct segment){ first, last, node };
	}
	return true;
}

/* ---- the search ---- */

/*
 * Do single numbers stand out in a range of few that are all answered alike? Then
 * they are asked for one by one.
 */
static bool is_comb(const struct compiler *c, size_t from, size_t to)
{
	if ((to - from) % 2 == 0 || to - from > 7)
		return false;
	for (size_t i = from; i < to; i++) {
		const struct segment *s = &c->segments[i];

		if ((i - from) % 2 == 0 ? s->node != c->segments[from].node : s->first != s->last)
			return false;
	}
	return true;
}

/* Where a range of segments may be cut: near its middle, so that the tree stays flat. */
static void find_cuts(size_t from, size_t to, size_t *low, size_t *high)
{
	const size_t n = to - from, middle = from + n / 2, slack = n / 8 + 1;

	*low = middle > from + slack ? middle - slack : from + 1;
	*high = middle + slack < to ? middle + slack : to - 1;
}

/* How many tests the segments FROM to TO (not included) need. */
static unsigned int cost_of(struct compiler *c, size_t from, size_t to)
{
	uint16_t *known = &c->costs[from * (c->n + 1) + to];
	size_t low, high;
	unsigned int best = UINT16_MAX;

	if (to - from == 1)
		return 0;
	if (is_comb(c, from, to))
		return (unsigned int)(to - from) / 2;
	if (*known != 0)
		return *known;
	find_cuts(from, to, &low, &high);
	for (size_t cut = low; cut <= high; cut++) {
		const unsigned int cost = 1 + cost_of(c, from, cut) + cost_of(c, cut, to);

		if (cost < best)
			best = cost;
	}
	*known = (uint16_t)best;
	return best;
}

static size_t find_cut(struct compiler *c, size_t from, size_t to)
{
	const size_t middle = from + (to - from) / 2;
	size_t low, high, best = middle;
	unsigned int least;

	if (c->costs == NULL)
		return middle;
	find_cuts(from, to, &low, &high);
	least = cost_of(c, from, middle) + cost_of(c, middle, to);
	for (size_t cut = low; cut <= high; cut++) {
		const unsigned int cost = cost_of(c, from, cut) + cost_of(c, cut, to);

		if (cost < least) {
			least = cost;
			best = cut;
		}
	}
	return best;
}

static uint32_t build_search(struct compiler *c, size_t from, size_t to)
{
	struct atom test = { .word = SECCOMP_NR, .mask = UINT32_MAX };
	uint32_t node = c->segments[from].node;
	size_t cut;

	if (to - from == 1)
		return node;
	if (is_comb(c, from, to)) {
		test.op = BPF_JEQ;
		for (size_t i = to - 2; i > from && i < to; i -= 2) {
			test.k = c->segments[i].first;
			node = graph_test(&c->graph, &test, c->segments[i].node, node);
		}
		return node;
	}
	cut = find_cut(c, from, to);
	test.op = BPF_JGE;
	test.k = c->segments[cut].first;
	return graph_test(&c->graph, &test, build_search(c, cut, to), build_search(c, from, cut));
}

static bool build_graph(struct compiler *c, uint32_t *root)
{
	const struct policy *p = c->policy;
	const struct atom arch = { .word = SECCOMP_ARCH, .mask = UINT32_MAX, .k = p->arch, .op = BPF_JEQ };

	graph_init(&c->graph, c->stack->arena);
	if (!find_segments(c))
		return false;
	if (c->n <= SPLIT_MAX)
		c->costs = arena_zalloc(c->stack->arena, (c->n + 1) * (c->n + 1) * sizeof(*c->costs));
	*root = build_search(c, 0, c->n);
	if (!p->every_arch)
		*root = graph_test(&c->graph, &arch, *root, graph_leaf(&c->graph, p->foreign));
	return true;
}

const struct sock_filter *compile_policy(struct stack *stack, const struct policy *p, uint32_t *len)
{
	struct compiler c = { .stack = stack, .policy = p };
	struct sock_filter *insns;
	uint32_t root;

	if (p->program != NULL) {
		*len = p->len;
		return p->program;
	}
	insns = arena_zalloc(stack->arena, BPF_MAXINSNS * sizeof(*insns));
	*len = build_graph(&c, &root) ? graph_emit(&c.graph, root, insns, BPF_MAXINSNS) : 0;
	if (*len == 0) {
		note_error(stack->notes, p->at,
			   "fewer conditions, or two filters that are installed one after the other",
			   "the rules need more than the 4096 instructions that a filter may have");
		return NULL;
	}
	return insns;
}
