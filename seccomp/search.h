/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search.h - machine code of what specialise.c found, which searches: a value that is compared with
 * many is looked up among them in sorted order, and nothing that is known is asked again.
 */
#pragma once

#include "choices.h"
#include "rv64.h"

#define SECCOMP_SEARCH_JUMPS 8192U

/*
 * A branch or jump to the code of TO, whose distance is not known yet. LOADED: TO's value is in t0
 * already.
 */
struct seccomp_search_jump {
	uint16_t at, to;
	bool loaded, branch;
};

/* Scratch memory of seccomp_search_emit(). */
struct seccomp_search {
	uint32_t jumps, known, pending;
	struct seccomp_search_jump jump[SECCOMP_SEARCH_JUMPS];
	uint16_t place[SECCOMP_CHOICES], loaded[SECCOMP_CHOICES]; /* of the code of a node; or not yet */
	uint16_t queue[SECCOMP_CHOICES];
	uint16_t answer_place[SECCOMP_SPECIALISE_ANSWERS];
	uint16_t choice[SECCOMP_SPECIALISE_TESTS];
};

/*
 * Writes the code of the tests in T, whose answers went through seccomp_way_answer(), to OUT, which
 * has room for ROOM instructions, position independent. C: scratch, with T's steps. Returns the
 * number of instructions, or 0: there is no room, or there are no steps left.
 */
uint32_t seccomp_search_emit(struct seccomp_search *s, struct seccomp_choices *c, struct seccomp_specialise *t,
			     const struct seccomp_rv64_exits *exits, uint32_t *out, uint32_t room) SECCOMP_NODISCARD;
