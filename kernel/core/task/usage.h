/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage.h - what a thread, a process or its children have used, apart from processor time.
 */
#pragma once

#include <stdint.h>

struct group;
struct rusage;

struct usage {
	uint64_t faults;     /* pages that were brought in */
	uint64_t slept;	     /* times that it gave up the processor */
	uint64_t preempted;  /* times that it was taken away */
	uint64_t peak_pages; /* most pages at a time; of several address spaces, the largest one's */
};

/* Adds MORE to SUM. */
void usage_add(struct usage *sum, const struct usage *more);
/* The usage of all of G's threads, ended or not. */
struct usage usage_of_group(const struct group *g);
/*
 * Fills *R as getrusage(2) and wait4(2) report it. NSEC: processor time, all of which counts as the
 * user's.
 */
void usage_to_rusage(struct rusage *r, uint64_t nsec, const struct usage *u);
