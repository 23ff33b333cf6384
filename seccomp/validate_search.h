/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_search.h - does machine code with searches (search.h) do what its filter says?
 * validate.h checks code that makes the same tests as the program, in the same order.
 */
#pragma once

#include "choices.h"
#include "validate.h"

#define SECCOMP_VALIDATE_ASKED 1280U
#define SECCOMP_VALIDATE_ANSWERS 256U
#define SECCOMP_VALIDATE_STATES 2048U

/*
 * A question of the program, and where it leads: the index of another question, or SECCOMP_ANSWER
 * plus an answer's number.
 */
struct seccomp_asked {
	struct seccomp_place at;
	struct seccomp_question question;
	uint16_t hold, fail;
	uint16_t next; /* the next one of the same bucket of with_pc */
	bool answers;  /* the program ends here with RET A, and A is unknown; there is no question */
};

/* The code at instruction AT with values in t0 and t1, and the choice left of the program there. */
struct seccomp_validate_state {
	uint16_t at, t0, t1, choice;
	uint16_t next;
};

/* Scratch memory of seccomp_rv64_search_valid(). */
struct seccomp_validate_search {
	struct seccomp_validate values;
	uint32_t asked, answers, states;
	struct seccomp_asked ask[SECCOMP_VALIDATE_ASKED];
	uint16_t order[SECCOMP_VALIDATE_ASKED]; /* the questions, sorted by pc */
	uint16_t with_pc[256];
	uint16_t choice[SECCOMP_VALIDATE_ASKED];
	uint32_t answer[SECCOMP_VALIDATE_ANSWERS];
	struct seccomp_validate_state state[SECCOMP_VALIDATE_STATES];
	uint16_t with_choice[256];
};

/* The same as seccomp_rv64_valid() for code with searches. S and C are scratch memory. */
bool seccomp_rv64_search_valid(struct seccomp_validate_search *s, struct seccomp_choices *c,
			       const struct seccomp_claim *claim, const uint32_t *code, uint32_t n,
			       uint32_t *steps) SECCOMP_NODISCARD;

/* ---- validate_choices.c, for validate_search.c ---- */

struct seccomp_follower {
	struct seccomp_validate_search *s;
	struct seccomp_choices *c;
	const struct seccomp_claim *claim;
	const uint32_t *code;
	uint32_t n;
	uint32_t terms; /* how many values the program needs: later ones, the code's, are forgotten at a branch */
};

/*
 * Makes choices of the program of F's claim. Returns the one with which the program begins, or
 * SECCOMP_NO_CHOICE: it cannot be followed, there is no room, or no steps are left.
 */
uint32_t seccomp_validate_choices(const struct seccomp_follower *f) SECCOMP_NODISCARD;
