/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage.h - what a thread, a process or its children have used, apart from their processor time as
 * a whole.
 */
#pragma once

#include <stdint.h>

struct group;
struct rusage;

struct usage {
	uint64_t faults;     /* page faults that were served */
	uint64_t slept;	     /* how often it gave up the processor: voluntary context switches */
	uint64_t preempted;  /* how often the processor was taken from it: involuntary ones */
	uint64_t system;     /* of its processor time, what it spent in the kernel, ns: see cputime.h */
	uint64_t peak_pages; /* the most pages at a time; of several address spaces, the largest one's */
};

/* The two parts of a processor time as a program has seen them last, in ns: see cputime.h. */
struct cpu_shown {
	uint64_t user, system;
};

/* Adds MORE to SUM. */
void usage_add(struct usage *sum, const struct usage *more);
/* The usage of all of G's threads, also of those that have ended. */
struct usage usage_of_group(const struct group *g);
/*
 * Fills in *R from U as getrusage(2) and wait4(2) report it. NSEC: the processor time in ns, of
 * which U says how much was the kernel's.
 */
void usage_to_rusage(struct rusage *r, uint64_t nsec, const struct usage *u);
