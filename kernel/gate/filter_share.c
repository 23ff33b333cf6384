/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter_share.c - stacks of equal programs share one gate, whoever made them.
 *
 * Called when a stack gets or gives up its gate. Filters whose stack has a gate are found by the
 * hash of the programs and flags from them to the root, and compared in full; equal programs are
 * one object (program.c), so that is a comparison of addresses. Listeners and ids make no
 * difference: what depends on them goes to the judge, who looks at the task's own stack.
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
		link = bucket_of(f);
		f->gated = *link;
		*link = f;
	}
}
