/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_search.h - does machine code that searches do what its filter says? validate.h checks
 * code that goes through the same tests as the program.
 */
#pragma once

#include "choices.h"
#include "validate.h"

#define SECCOMP_VALIDATE_ASKED 1280U
#define SECCOMP_VALIDATE_ANSWERS 256U
#define SECCOMP_VALIDATE_STATES 2048U

/* A question of the program, and where it leads: another one, or SECCOMP_ANSWER and more. */
struct seccomp_asked {
	struct seccomp_place at;
	struct seccomp_question question;
	uint16_t hold, fail;
	uint16_t next; /* with a similar pc */
	bool answers;  /* it is what the value of A says, as an answer */
};

/* The code at an instruction, and what is left of the program there. */
struct seccomp_validate_state {
	uint16_t at, t0, t1, choice;
	uint16_t next;
};

/* Scratch memory of seccomp_rv64_search_valid(). */
struct seccomp_validate_search {
	struct seccomp_validate values;
	uint32_t asked, answers, states;
	struct seccomp_asked ask[SECCOMP_VALIDATE_ASKED];
	uint16_t order[SECCOMP_VALIDATE_ASKED]; /* by pc */
	uint16_t with_pc[256];
	uint16_t choice[SECCOMP_VALIDATE_ASKED];
	uint32_t answer[SECCOMP_VALIDATE_ANSWERS];
	struct seccomp_validate_state state[SECCOMP_VALIDATE_STATES];
	uint16_t with_choice[256];
};

/* As seccomp_rv64_valid(). C: scratch. */
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
	uint32_t terms; /* that the program needs: later ones are forgotten at each branch */
};

/* Makes choices of the program of F's claim. Returns where it begins, or SECCOMP_NO_CHOICE. */
uint32_t seccomp_validate_choices(const struct seccomp_follower *f) SECCOMP_NODISCARD;
