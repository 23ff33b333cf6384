/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diff_say.h - differences in words: those that are alike are told together.
 */
#pragma once

#include "diff.h"

/* Differences of one kind: the same answers before and after, for the same reasons. */
struct diff_group {
	const struct difference *first; /* its example and answers are told */
	const char *why[2];		/* what answers the example, in OLD and NEW */
	const char *names;		/* of the calls, "(*)" behind each if the arguments do not matter */
	size_t n;			/* how many calls; 1 for numbers and architectures without names */
};

/* All differences of D in groups; *N is how many. */
const struct diff_group *diff_groups(struct diff *d, size_t *n);

/* How many calls change so. */
size_t diff_count(const struct diff_group *groups, size_t n, enum change change);

/* ALL: every name, however many. */
void diff_print_group(FILE *to, struct arena *arena, const struct diff_group *group, bool all);
