/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search_code.h - the code of search.c: instructions, and jumps whose distance is not known yet.
 */
#pragma once

#include "rv64_code.h"
#include "search.h"

/* Stands for a place, or a value, that is not known. */
#define SEARCH_UNKNOWN 0xffffU
#define SEARCH_WANTED 0xfffeU

#define SEARCH_MARGIN 64U /* instructions that are written without a look at the room: of one load, or one row */

struct search {
	struct seccomp_search *s;
	struct seccomp_choices *c;
	const struct seccomp_specialise *t;
	struct rv64_code code;
	uint32_t room;
	uint32_t value; /* that t0 holds */
	bool far;	/* branches to other blocks may not reach them */
};

/* Where the code of TO begins; or that it is not needed, or is needed and not written yet. */
uint16_t *search_place(struct search *x, uint32_t to);

/* t0 = the value V. */
void search_put_value(struct search *x, const struct seccomp_value *v);

/*
 * Looks t0 up among C's rows FROM up to TO, and goes where they lead: halves them as long as there
 * are several.
 */
void search_put_rows(struct search *x, uint32_t from, uint32_t to);

/* Fills in the distances of the jumps. False: one is too far. */
bool search_set_distances(struct search *x);
