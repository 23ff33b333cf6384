/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter_share.c - lets stacks of equal programs share one gate, whoever installed them.
 *
 * Called when a stack gets or gives up its gate. A hash table has the filters whose stacks have a
 * gate, by the hash of the programs and flags of the whole stack. Stacks with equal hashes are
 * compared in full. Equal programs are one object (program.c), so this compares addresses.
 * Listeners and ids may differ: calls whose outcome depends on them go to the judge, who looks at
 * the task's own stack.
 */
#include "filter.h"

#include "gate.h"

#define BUCKETS 64U
static struct filter *buckets[BUCKETS];

static struct filter **bucket_of(const struct filter *f)
{
	return &buckets[f->hash % BUCKETS];
}

void filter_hash(struct filter *f, const struct filter *below)
{
	uint64_t hash = below == NULL ? 0 : below->hash;

	hash ^= (uint64_t)f->node.program + f->node.log;
	hash *= 0x9e3779b97f4a7c15;
	f->hash = hash ^ hash >> 32;
}

/* Do the stacks A and B have the same programs and flags? */
static bool filter_share_is_equal(const struct seccomp_filter *a, const struct seccomp_filter *b)
{
	while (a != b) {
		if (a == NULL || b == NULL || a->program != b->program || a->log != b->log)
			return false;
		a = a->prev;
		b = b->prev;
	}
	return true;
}

struct gate *filter_find_gate(const struct filter *f)
{
	for (const struct filter *g = *bucket_of(f); g != NULL; g = g->gated)
		if (g->hash == f->hash && filter_share_is_equal(&g->node, &f->node))
			return gate_get(g->gate);
	return NULL;
}

void filter_set_gate(struct filter *f, struct gate *gate)
{
	struct filter **link = bucket_of(f);

	if (f->gate != NULL) {
		while (*link != f)
			link = &(*link)->gated;
		*link = f->gated;
		gate_put(f->gate);
	}
	f->gate = gate;
	if (gate != NULL) {
		f->gated = *link;
		*link = f;
	}
}
