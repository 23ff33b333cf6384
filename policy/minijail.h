/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * minijail.h - reading minijail policies, between its parts: read_minijail.c (lines),
 * minijail_filter.c (what stands behind the colon).
 */
#pragma once

#include "scan.h"

#define MINIJAIL_DEPTH_MAX 10U /* of files in one another, as minijail's; of brackets, too */

struct minijail {
	struct stack *stack;
	struct policy *policy;
	bool deny_list;
	bool *ended; /* by number: an action without a condition was given */
	unsigned int depth;
};

/* The calls of a line; all get the same filters. */
struct minijail_calls {
	struct minijail_call {
		const struct call *call;
		struct place at;
		const char *inactive;
	} * list;
	size_t n, room;
};

/* Skips blanks, comments, and ends of lines behind a backslash. */
void minijail_skip(struct scan *s);

/* Takes WHAT, or an error note. */
bool minijail_expect(struct scan *s, const char *what, const char *hint);

/* An action, with the errno of a return. False after an error note. */
bool minijail_action(struct minijail *m, struct scan *s, uint32_t *ret);

/*
 * One filter: an action, or alternatives and perhaps `; action`: as rules for each of the
 * calls. False after an error note.
 */
bool minijail_filter(struct minijail *m, struct scan *s, const struct minijail_calls *calls);
