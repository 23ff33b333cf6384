/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * choices.h - what a program answers to one number, as a graph of questions about its arguments.
 * Equal questions are one node. What is known of a value is not asked again below.
 *
 * For search.c, which makes machine code of such a graph, and for validate_search.c, which makes a
 * graph of the same program by itself. They know what values and answers are; here both are
 * numbers.
 */
#pragma once

#include "seccomp.h"

#define SECCOMP_CHOICES 6144U
#define SECCOMP_CHOICE_BUCKETS 512U
#define SECCOMP_CHOICE_CASES 1280U /* the most values that are compared one after the other */

/* A choice is the index of a node; an answer, from this number on; or no choice. */
#define SECCOMP_ANSWER 0x8000U
#define SECCOMP_NO_CHOICE 0xffffU

/*
 * A node: is VALUE equal to K, or (AT_LEAST) at least K? It goes on with HOLD if so, else with
 * FAIL.
 */
struct seccomp_choice {
	uint32_t k;
	uint32_t asks; /* bit v % 32 is set if value v is asked for here or below */
	uint16_t value, hold, fail;
	uint16_t height; /* the number of questions on the longest way to an answer */
	uint16_t next;	 /* the next node in the same bucket */
	bool at_least;
};

/* Values after those of the row before, up to LAST, lead to TO. */
struct seccomp_choice_row {
	uint32_t last;
	uint16_t to;
};

struct seccomp_choices {
	uint32_t steps;	    /* steps that may still be taken */
	void (*rest)(void); /* called after some thousands of steps, so that other tasks can run; or NULL */
	uint32_t n, rows;
	uint16_t bucket[SECCOMP_CHOICE_BUCKETS];
	struct seccomp_choice node[SECCOMP_CHOICES];
	uint16_t memo[SECCOMP_CHOICES], stack[SECCOMP_CHOICES], touched[SECCOMP_CHOICES];
	struct seccomp_choice_row row[2 * SECCOMP_CHOICE_CASES + 1];
	uint64_t key[SECCOMP_CHOICE_CASES];
	uint16_t to[SECCOMP_CHOICE_CASES];
};

/*@ assigns \nothing;
    ensures \result <==> c >= SECCOMP_ANSWER;
*/
static inline bool seccomp_choice_is_answer(uint32_t c)
{
	return c >= SECCOMP_ANSWER;
}

/* Empties C, and gives it STEPS. The caller sets its rest. */
void seccomp_choices_init(struct seccomp_choices *c, uint32_t steps);

/* Takes N steps. False: fewer are left. */
bool seccomp_choices_take(struct seccomp_choices *c, uint32_t n) SECCOMP_NODISCARD;

/*
 * The question whether VALUE is K, or AT_LEAST K, with where it leads. Returns it, or HOLD or FAIL
 * if nothing depends on it, or SECCOMP_NO_CHOICE when there is no room, or one of the two is none.
 */
uint32_t seccomp_choice(struct seccomp_choices *c, uint32_t value, bool at_least, uint32_t k, uint32_t hold,
			uint32_t fail) SECCOMP_NODISCARD;

/*
 * What is left of AT when VALUE is known to lie in FIRST to LAST; SECCOMP_NO_CHOICE: there is no
 * room, or there are no steps.
 */
uint32_t seccomp_choice_within(struct seccomp_choices *c, uint32_t at, uint32_t value, uint32_t first,
			       uint32_t last) SECCOMP_NODISCARD;

/*
 * Makes C's rows for the value that the node AT asks for: they cover all that it may be, and say
 * where AT leads. What they lead to may ask for that value again. False: no room, or no steps.
 */
bool seccomp_choice_rows(struct seccomp_choices *c, uint32_t at) SECCOMP_NODISCARD;
