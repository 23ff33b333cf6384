/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.h - a run as one page: what is collected from its events, and the parts of the page.
 */
#pragma once

#include "boxes.h"
#include "cover.h"
#include "draw.h"
#include "history.h"
#include "refusals.h"

/* Filters of one program, whoever installed them. */
struct report_filter {
	const char *name;
	const struct policy *policy; /* of -f; or the program alone */
	const struct seccomp_program *program;
	uint32_t boot;			   /* n: the n-th of -f; 0: the run's programs installed it */
	const struct events_filter *first; /* installed */
	uint64_t installs, calls;
	bool decided; /* the decision is known */
	struct decision decision;
	struct cover cover;
};

/* How often a call was made. */
struct made {
	uint32_t nr;
	uint64_t n;
};

#define REPORT_BEYOND 64U /* numbers above those of calls that are told */

struct report {
	struct invocation *in;
	struct arena *arena;
	struct refusals run;
	struct history history;
	struct stack programs; /* policies of filters without a file */
	struct report_filter **filters;
	size_t n_filters, room_filters;
	struct report_filter **by_id; /* of a filter's id */
	size_t room_ids;
	uint64_t made[SECCOMP_GATE_NRS];   /* calls by number */
	struct made beyond[REPORT_BEYOND]; /* the same of numbers above these */
	size_t n_beyond;
	uint32_t strictest[SECCOMP_GATE_NRS]; /* what they were answered */
};

/* report.c: the records of the run. */
void report_take(struct report *r, const struct event *e);

/*
 * What a filter (NULL: one that report_find() does not know) does, in a few words: "getpid:
 * ERRNO(EPERM)".
 */
const char *report_filter_words(struct arena *arena, const struct report_filter *f);

/* The task's name, cut where it is longer than SIZE. */
const char *report_comm(struct arena *arena, const struct history_task *t, size_t size);

/* The filter of that id, or NULL. */
struct report_filter *report_find(const struct report *r, uint64_t id);

/* report_family.c: who made whom. Both return false after a line on stderr. */
bool report_family(struct picture *p, const struct report *r, size_t *left_out);

/* report_time.c: the verdicts of each thread; INSTRUCTIONS: time counts them. */
bool report_time(struct picture *p, const struct report *r, bool instructions, size_t *left_out);

/* report_refusals.c: what was not allowed, and why. */
void report_refusals(struct report *r);

/* report_text.c: the policy with what the run used of it. */
void report_text(FILE *to, struct report *r, const struct report_filter *f);

/* report_page.c: all of it. */
bool report_page(struct report *r);
