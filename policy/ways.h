/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ways.h - the ways through a program for one number, as conditions on arguments in words: "flags &
 * 0x7e020000 == 0".
 */
#pragma once

#include "query.h"

#define WAYS_MAX 24U

/* That (WORD & MASK) OP K came out as HOLDS; WORD is an offset in seccomp_data. */
struct way_decision {
	uint32_t word, mask, k;
	uint16_t op;
	bool holds;
};

struct way {
	const char *when; /* its decisions in words; "": none */
	uint32_t ret;
	struct way_decision *decisions;
	size_t n;
};

/*
 * The ways through the program for the call of Q, on conditions on arguments that Q leaves open:
 * they exclude each other, and one of them is every call's. Returns how many; 0: there are too
 * many, or they are not that simple.
 */
size_t ways_find(struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
		 struct way ways[WAYS_MAX]);

/* Does the call go this way? */
bool way_matches(const struct way *way, const struct seccomp_data *data);

/*
 * Where the ways end in two answers: the answer whose conditions are longer in words. It is told
 * last, as what remains, without them. NULL: there are more answers.
 */
const struct way *ways_last(const struct way *ways, size_t n);

/* Prints them, each line after INDENT. False, and nothing is printed, where there are none. */
bool ways_print(FILE *to, struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
		const char *indent);
