/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * emit.c - a decision graph as a program.
 *
 * Nodes are laid out so that every test stands before what it leads to. The program is written from
 * its end, so that all distances are known: an answer is jumped to where a copy of it is within
 * reach of a jump (255 instructions), else copied; what else is out of reach is jumped to with JA.
 * A word is loaded only where it is not in A already, whichever way a test was reached.
 */
#include <string.h>

#include "graph.h"

#define REACH 255U

/* What A holds: a word of seccomp_data, masked. */
struct held {
	bool known;
	uint32_t word, mask;
};

struct emitter {
	const struct graph *graph;
	uint32_t *order; /* of the nodes that are reached, the root first */
	uint32_t n;
	unsigned char *seen; /* 0: not yet, 1: waiting for what it leads to, 2: in order */
	struct held *enters;
	bool *entered;
	uint32_t *place;	 /* instructions from the node's first one to the end */
	struct sock_filter *end; /* behind the last instruction */
	uint32_t count, room;
	bool full;
};

/* Puts the nodes into ORDER, from its end, each after all that it leads to. */
static void put_in_order(struct emitter *e, uint32_t root)
{
	uint32_t *stack = arena_zalloc(e->graph->arena, (2 * e->graph->n + 2) * sizeof(*stack));
	size_t depth = 0;
	uint32_t left = (uint32_t)e->graph->n;

	stack[depth++] = root;
	while (depth > 0) {
		const uint32_t i = stack[depth - 1];
		const struct node *n = &e->graph->nodes[i];

		if (e->seen[i] == 0) {
			e->seen[i] = 1;
			/*
			 * What stands on top is placed last, so directly behind: the way
			 * that is taken when the test fails.
			 */
			if (!n->leaf && e->seen[n->no] == 0)
				stack[depth++] = n->no;
			if (!n->leaf && e->seen[n->yes] == 0)
				stack[depth++] = n->yes;
			continue;
		}
		depth--;
		if (e->seen[i] == 1) {
			e->seen[i] = 2;
			e->order[--left] = i;
		}
	}
	e->n = (uint32_t)e->graph->n - left;
	memmove(e->order, e->order + left, e->n * sizeof(*e->order));
}

static bool needs_mask(const struct atom *t)
{
	return t->op != BPF_JSET && t->mask != UINT32_MAX;
}

/* What A holds after a test, given what it held before. */
static struct held after_test(const struct atom *t, struct held before)
{
	if (needs_mask(t))
		return (struct held){ true, t->word, t->mask };
	if (before.known && before.word == t->word && before.mask == UINT32_MAX)
		return before;
	return (struct held){ true, t->word, UINT32_MAX };
}

static void enter_node(struct emitter *e, uint32_t node, struct held held)
{
	struct held *at = &e->enters[node];

	if (!e->entered[node]) {
		e->entered[node] = true;
		*at = held;
	} else if (at->known && (!held.known || at->word != held.word || at->mask != held.mask)) {
		at->known = false;
	}
}

/* What A holds at each node, whichever way it was reached. */
static void follow_accumulator(struct emitter *e)
{
	enter_node(e, e->order[0], (struct held){ 0 });
	for (uint32_t i = 0; i < e->n; i++) {
		const struct node *n = &e->graph->nodes[e->order[i]];

		if (n->leaf)
			continue;
		enter_node(e, n->yes, after_test(&n->test, e->enters[e->order[i]]));
		enter_node(e, n->no, after_test(&n->test, e->enters[e->order[i]]));
	}
}

/* Puts an instruction before all others. */
static void push_insn(struct emitter *e, uint16_t code, uint32_t jt, uint32_t jf, uint32_t k)
{
	if (e->count == e->room) {
		e->full = true;
		return;
	}
	e->count++;
	e->end[-(ptrdiff_t)e->count] = (struct sock_filter){ code, (uint8_t)jt, (uint8_t)jf, k };
}

static bool is_in_reach(const struct emitter *e, uint32_t node)
{
	return e->place[node] != 0 && e->count - e->place[node] <= REACH;
}

/*
 * Brings NODE into the reach of the next instruction: a copy of an answer, a JA to anything else.
 */
static void bring_near(struct emitter *e, uint32_t node)
{
	const struct node *n = &e->graph->nodes[node];

	if (n->leaf)
		push_insn(e, BPF_RET | BPF_K, 0, 0, n->ret);
	else
		push_insn(e, BPF_JMP | BPF_JA, 0, 0, e->count - e->place[node]);
	e->place[node] = e->count;
}

static void emit_test(struct emitter *e, uint32_t node)
{
	const struct node *n = &e->graph->nodes[node];
	const struct held *held = &e->enters[node];
	const bool loaded = held->known && held->word == n->test.word;
	const bool masked = loaded && needs_mask(&n->test) && held->mask == n->test.mask;

	while (!e->full && !(is_in_reach(e, n->yes) && is_in_reach(e, n->no)))
		bring_near(e, is_in_reach(e, n->yes) ? n->no : n->yes);
	if (e->full)
		return;
	push_insn(e, BPF_JMP | n->test.op | BPF_K, e->count - e->place[n->yes], e->count - e->place[n->no], n->test.k);
	if (!masked) {
		if (needs_mask(&n->test))
			push_insn(e, BPF_ALU | BPF_AND | BPF_K, 0, 0, n->test.mask);
		if (!loaded || held->mask != UINT32_MAX)
			push_insn(e, BPF_LD | BPF_W | BPF_ABS, 0, 0, n->test.word);
	}
	e->place[node] = e->count;
}

uint32_t graph_emit(const struct graph *g, uint32_t root, struct sock_filter *insns, uint32_t room)
{
	struct emitter e = { .graph = g, .room = room, .end = insns + room };

	e.order = arena_zalloc(g->arena, g->n * sizeof(*e.order));
	e.seen = arena_zalloc(g->arena, g->n);
	e.enters = arena_zalloc(g->arena, g->n * sizeof(*e.enters));
	e.entered = arena_zalloc(g->arena, g->n * sizeof(*e.entered));
	e.place = arena_zalloc(g->arena, g->n * sizeof(*e.place));
	put_in_order(&e, root);
	follow_accumulator(&e);
	for (uint32_t i = e.n; i-- > 0 && !e.full;) {
		if (!g->nodes[e.order[i]].leaf)
			emit_test(&e, e.order[i]);
	}
	if (g->nodes[root].leaf)
		bring_near(&e, root);
	if (e.full)
		return 0;
	memmove(insns, e.end - e.count, e.count * sizeof(*insns));
	return e.count;
}
