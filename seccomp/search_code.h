/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search_code.h - for search.c: the state of the code that is being written, and what writes its
 * instructions, among them jumps whose distance is not known yet.
 */
#pragma once

#include "rv64_code.h"
#include "search.h"

/*
 * Instead of a place in the code: no jump leads there; one does, and the code is not written yet.
 */
#define SEARCH_UNKNOWN 0xffffU
#define SEARCH_WANTED 0xfffeU

#define SEARCH_MARGIN 64U /* instructions that loading one value, or one row, takes at most */

struct search {
	struct seccomp_search *s;
	struct seccomp_choices *c;
	const struct seccomp_specialise *t;
	struct rv64_code code;
	uint32_t room;
	uint32_t value; /* the one that t0 holds, by its index */
	bool far;	/* each branch to another block jumps over a jump, which reaches farther */
};

/* The entry for the place of the code of TO, a node or an answer. */
uint16_t *search_place(struct search *x, uint32_t to);

/* Writes the code for t0 = the value V. May change t1. */
void search_put_value(struct search *x, const struct seccomp_value *v);

/*
 * Writes a binary search for t0 among C's rows FROM up to TO (exclusive), which goes where the row
 * leads. Sets x->code.bad when there is no room, or no steps are left.
 */
void search_put_rows(struct search *x, uint32_t from, uint32_t to);

/* Fills in the distances of the jumps. False: one is too far. */
bool search_set_distances(struct search *x);
