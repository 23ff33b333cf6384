/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * graph.h - decision graphs: what is between the rules of a policy and a program.
 *
 * A node tests one 32-bit word of seccomp_data and leads to two others; a leaf is an answer. Equal
 * nodes are one node, a test whose two ends are the same is that end. No node leads back, so a
 * graph is a program without loops.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/bpf.h>

#include "arena.h"

#define NODES_MAX 65536U

/* Is (WORD & MASK) OP K? The operations are BPF's: JEQ, JGT, JGE, JSET (which has no mask). */
struct atom {
	uint32_t word; /* offset in seccomp_data */
	uint32_t mask;
	uint32_t k;
	uint16_t op;
};

struct node {
	bool leaf;
	uint32_t ret; /* of a leaf */
	struct atom test;
	uint32_t yes, no; /* nodes */
};

struct graph {
	struct arena *arena;
	struct node *nodes;
	size_t n, room;
	uint32_t *table; /* hash table of node numbers plus 1 */
	size_t table_size;
};

void graph_init(struct graph *g, struct arena *arena);

/* The leaf of that answer. */
uint32_t graph_leaf(struct graph *g, uint32_t ret);

/* The node of that test. */
uint32_t graph_test(struct graph *g, const struct atom *test, uint32_t yes, uint32_t no);

/*
 * Writes the part of the graph that is reached from ROOT as a program into INSNS, which has ROOM
 * entries. Returns its length, or 0 if it has no room.
 */
uint32_t graph_emit(const struct graph *g, uint32_t root, struct sock_filter *insns, uint32_t room);
