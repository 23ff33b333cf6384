/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * choices.h - what a program answers to one number, as a graph of questions about its arguments:
 * equal ones are one node, and what is known of a value is asked no more below.
 *
 * For search.c, which makes machine code of such a graph, and for validate_search.c, which makes
 * one of the same program by itself. Values and answers are theirs; here they are numbers.
 */
#pragma once

#include "seccomp.h"

#define SECCOMP_CHOICES 6144U
#define SECCOMP_CHOICE_BUCKETS 512U
#define SECCOMP_CHOICE_CASES 1280U /* values that one after the other is compared with */

/* A node by its index; or an answer: this and more; or neither. */
#define SECCOMP_ANSWER 0x8000U
#define SECCOMP_NO_CHOICE 0xffffU

/* Is VALUE equal to K, or at least K? Then it goes on with HOLD, else with FAIL. */
struct seccomp_choice {
	uint32_t k;
	uint32_t asks; /* bit v % 32: value v is asked for here or below */
	uint16_t value, hold, fail;
	uint16_t height; /* questions on the longest way to an answer */
	uint16_t next;	 /* in its bucket */
	bool at_least;
};

/* Values up to LAST, from behind the row before, lead to TO. */
struct seccomp_choice_row {
	uint32_t last;
	uint16_t to;
};

struct seccomp_choices {
	uint32_t steps;	    /* that may still be taken */
	void (*rest)(void); /* called after some thousands of steps, or NULL: whoever waits may go on */
	uint32_t n, rows;
	uint16_t bucket[SECCOMP_CHOICE_BUCKETS];
	struct seccomp_choice node[SECCOMP_CHOICES];
	uint16_t memo[SECCOMP_CHOICES], stack[SECCOMP_CHOICES], touched[SECCOMP_CHOICES];
	struct seccomp_choice_row row[2 * SECCOMP_CHOICE_CASES + 1];
	uint64_t key[SECCOMP_CHOICE_CASES];
	uint16_t to[SECCOMP_CHOICE_CASES];
};

static inline bool seccomp_choice_is_answer(uint32_t c)
{
	return c >= SECCOMP_ANSWER;
}

/* Empties C, with STEPS. Its rest is the caller's to set. */
void seccomp_choices_init(struct seccomp_choices *c, uint32_t steps);

/* Takes N steps. False: there are not so many left. */
bool seccomp_choices_take(struct seccomp_choices *c, uint32_t n) SECCOMP_NODISCARD;

/*
 * The question whether VALUE is K, or AT_LEAST K, with where it leads. Returns it, or HOLD or FAIL
 * if nothing depends on it, or SECCOMP_NO_CHOICE when there is no room, or one of the two is none.
 */
uint32_t seccomp_choice(struct seccomp_choices *c, uint32_t value, bool at_least, uint32_t k, uint32_t hold,
			uint32_t fail) SECCOMP_NODISCARD;

/*
 * What is left of AT when VALUE is known to be FIRST to LAST; SECCOMP_NO_CHOICE: no room, or no
 * steps.
 */
uint32_t seccomp_choice_within(struct seccomp_choices *c, uint32_t at, uint32_t value, uint32_t first,
			       uint32_t last) SECCOMP_NODISCARD;

/*
 * Makes C's rows for the value that the node AT asks for: for all that it may be, where AT leads.
 * What they lead to may ask for that value again. False: no room, or no steps.
 */
bool seccomp_choice_rows(struct seccomp_choices *c, uint32_t at) SECCOMP_NODISCARD;
