/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search.h - machine code with binary searches, for the tests that specialise.c found: a value that
 * the program compares with many constants is looked up among them in sorted order, and no question
 * is asked whose answer follows from earlier ones.
 */
#pragma once

#include "choices.h"
#include "rv64.h"

#define SECCOMP_SEARCH_JUMPS 8192U

/*
 * The instruction at index AT, a jump or (BRANCH) a branch to the code of TO, whose distance is not
 * known yet. LOADED: t0 holds TO's value already, so it goes behind the load.
 */
struct seccomp_search_jump {
	uint16_t at, to;
	bool loaded, branch;
};

/* Scratch memory of seccomp_search_emit(). */
struct seccomp_search {
	uint32_t jumps, known, pending; /* how many entries of jump[], place[] and queue[] there are */
	struct seccomp_search_jump jump[SECCOMP_SEARCH_JUMPS];
	uint16_t place[SECCOMP_CHOICES];  /* where a node's code begins, or SEARCH_UNKNOWN, SEARCH_WANTED */
	uint16_t loaded[SECCOMP_CHOICES]; /* and where it goes on behind the load of its value */
	uint16_t queue[SECCOMP_CHOICES];  /* nodes whose code is needed and not written yet */
	uint16_t answer_place[SECCOMP_SPECIALISE_ANSWERS]; /* as place, of answers */
	uint16_t choice[SECCOMP_SPECIALISE_TESTS];	   /* of each test */
};

/*
 * Writes the code of the tests in T, whose answers went through seccomp_way_answer(), to OUT, which
 * has room for ROOM instructions. The code is position-independent. S and C are scratch; steps are
 * T's. Returns the number of instructions, or 0: there is no room, or no steps are left.
 */
uint32_t seccomp_search_emit(struct seccomp_search *s, struct seccomp_choices *c, struct seccomp_specialise *t,
			     const struct seccomp_rv64_exits *exits, uint32_t *out, uint32_t room) SECCOMP_NODISCARD;
