/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage.c - adds usage up, and shows it as struct rusage: see usage.h. trap.c and sched.c count;
 * exit.c adds the usage of a thread to its process, and of a child to its parent.
 */
#include "usage.h"

#include <string.h>

#include <abi/resource.h>

#include "task.h"
#include "timespec.h"
#include "vm.h"

void usage_add(struct usage *sum, const struct usage *more)
{
	sum->faults += more->faults;
	sum->slept += more->slept;
	sum->preempted += more->preempted;
	sum->system += more->system;
	if (more->peak_pages > sum->peak_pages)
		sum->peak_pages = more->peak_pages;
}

struct usage usage_of_group(const struct group *g)
{
	struct usage sum = g->usage;

	group_for_each_thread(t, g) {
		if (t->state == TASK_DEAD || t->state == TASK_ZOMBIE)
			continue; /* its usage is in g->usage already */
		usage_add(&sum, &t->usage);
		if (t->mm != NULL && mm_peak(t->mm) > sum.peak_pages)
			sum.peak_pages = mm_peak(t->mm);
	}
	return sum;
}

void usage_to_rusage(struct rusage *r, uint64_t nsec, const struct usage *u)
{
	memset(r, 0, sizeof(*r));
	r->ru_utime = timeval_from_ns(nsec - u->system);
	r->ru_stime = timeval_from_ns(u->system);
	r->ru_maxrss = (int64_t)(u->peak_pages * (PAGE_SIZE / 1024));
	r->ru_minflt = (int64_t)u->faults;
	r->ru_nvcsw = (int64_t)u->slept;
	r->ru_nivcsw = (int64_t)u->preempted;
}
