/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * graph.c - nodes, each of them once; see graph.h.
 */
#include "graph.h"

#include <string.h>

#define TABLE_START 4096U

void graph_init(struct graph *g, struct arena *arena)
{
	*g = (struct graph){ .arena = arena, .table_size = TABLE_START };
	g->table = arena_zalloc(arena, TABLE_START * sizeof(*g->table));
}

static uint32_t mix_hash(uint32_t h, uint32_t v)
{
	h = (h ^ v) * 0x9e3779b1U;
	return h ^ h >> 15;
}

static uint32_t hash_node(const struct node *n)
{
	uint32_t h = mix_hash(n->leaf ? 1 : 2, n->ret);

	h = mix_hash(mix_hash(h, n->test.word), n->test.mask);
	h = mix_hash(mix_hash(h, n->test.k), n->test.op);
	return mix_hash(mix_hash(h, n->yes), n->no);
}

static bool same_node(const struct node *a, const struct node *b)
{
	return a->leaf == b->leaf && a->ret == b->ret && a->test.word == b->test.word && a->test.mask == b->test.mask &&
	       a->test.k == b->test.k && a->test.op == b->test.op && a->yes == b->yes && a->no == b->no;
}

static void insert_node(struct graph *g, uint32_t node)
{
	size_t i = hash_node(&g->nodes[node]) % g->table_size;

	while (g->table[i] != 0)
		i = (i + 1) % g->table_size;
	g->table[i] = node + 1;
}

static void grow_table(struct graph *g)
{
	g->table_size *= 4;
	g->table = arena_zalloc(g->arena, g->table_size * sizeof(*g->table));
	for (uint32_t i = 0; i < g->n; i++)
		insert_node(g, i);
}

static uint32_t find_or_add(struct graph *g, const struct node *n)
{
	for (size_t i = hash_node(n) % g->table_size; g->table[i] != 0; i = (i + 1) % g->table_size)
		if (same_node(&g->nodes[g->table[i] - 1], n))
			return g->table[i] - 1;
	g->nodes = arena_grow(g->arena, g->nodes, g->n, 1, sizeof(*g->nodes), &g->room);
	g->nodes[g->n++] = *n;
	if (g->n * 2 > g->table_size)
		grow_table(g);
	else
		insert_node(g, (uint32_t)g->n - 1);
	return (uint32_t)g->n - 1;
}

uint32_t graph_leaf(struct graph *g, uint32_t ret)
{
	return find_or_add(g, &(struct node){ .leaf = true, .ret = ret });
}

uint32_t graph_test(struct graph *g, const struct atom *test, uint32_t yes, uint32_t no)
{
	if (yes == no)
		return yes;
	return find_or_add(g, &(struct node){ .test = *test, .yes = yes, .no = no });
}
