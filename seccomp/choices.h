/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * choices.h - what a program answers to one call number, as a decision graph (a DAG) of questions
 * about argument values. Equal questions are one node. A question whose answer follows from earlier
 * ones can be left out: seccomp_choice_within().
 *
 * Used by search.c, which makes machine code of such a graph, and by validate_search.c, which makes
 * a graph of the same program independently. Values and answers are only numbers here; the two
 * users know what they stand for.
 */
#pragma once

#include "seccomp.h"

#define SECCOMP_CHOICES 6144U
#define SECCOMP_CHOICE_BUCKETS 512U
#define SECCOMP_CHOICE_CASES 1280U /* the most values that are compared one after the other */

/* A choice is the index of a node; or SECCOMP_ANSWER plus an answer's number; or no choice. */
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

/* A range of values: those above the row before, up to LAST, lead to the choice TO. */
struct seccomp_choice_row {
	uint32_t last;
	uint16_t to;
};

struct seccomp_choices {
	uint32_t steps;	    /* steps that may still be taken */
	void (*rest)(void); /* called after every thousand steps, so that other tasks can run; or NULL */
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
 * The node that asks whether VALUE is equal to K or, AT_LEAST, at least K, and goes on with HOLD if
 * so, else with FAIL. Returns an existing node, a new one, HOLD itself if the question cannot
 * change anything; or SECCOMP_NO_CHOICE when there is no room, or HOLD or FAIL is
 * SECCOMP_NO_CHOICE.
 */
uint32_t seccomp_choice(struct seccomp_choices *c, uint32_t value, bool at_least, uint32_t k, uint32_t hold,
			uint32_t fail) SECCOMP_NODISCARD;

/*
 * The graph AT without the questions that are decided when VALUE lies in FIRST to LAST.
 * SECCOMP_NO_CHOICE: there is no room, or no steps are left.
 */
uint32_t seccomp_choice_within(struct seccomp_choices *c, uint32_t at, uint32_t value, uint32_t first,
			       uint32_t last) SECCOMP_NODISCARD;

/*
 * Fills C's rows for the value that node AT asks for: together they cover all 2^32 values, and say
 * where AT leads for each. What they lead to may ask for that value again. False: there is no room,
 * or no steps are left.
 */
bool seccomp_choice_rows(struct seccomp_choices *c, uint32_t at) SECCOMP_NODISCARD;
