/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage.h - what a thread, a process or its children have used, beside processor time.
 */
#pragma once

#include <stdint.h>

struct group;
struct rusage;

struct usage {
	uint64_t faults;     /* pages that were brought in */
	uint64_t slept;	     /* times that it gave up the processor */
	uint64_t preempted;  /* times that it was taken away */
	uint64_t peak_pages; /* the most that were there at once; of several address spaces, the largest's */
};

/* SUM has used what MORE has, too. */
void usage_add(struct usage *sum, const struct usage *more);
/* All of G's threads, those that have ended and those that have not. */
struct usage usage_of_group(const struct group *g);
/* As getrusage(2) and wait4(2) tell it; NSEC: of processor time, all the user's. */
void usage_to_rusage(struct rusage *r, uint64_t nsec, const struct usage *u);
