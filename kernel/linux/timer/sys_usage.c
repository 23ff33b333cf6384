/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_usage.c - times(2) and getrusage(2): the processor time and other resources that the current
 * process, its current thread, or its children have used. [kernel/sys.c]
 */
#include <abi/errno.h>
#include <abi/resource.h>

#include "cputime.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"

struct tms {
	int64_t tms_utime, tms_stime, tms_cutime, tms_cstime; /* in clock ticks */
};

/* The usage of the current process or, THREAD, of the current thread; its processor time in *NS. */
static struct usage usage_shown(bool thread, uint64_t *ns)
{
	struct group *g = current->group;
	struct usage u = usage_of_group(g);

	if (thread) {
		const uint64_t peak = u.peak_pages;

		u = current->usage;
		u.peak_pages = peak;
	}
	*ns = thread ? task_cpu_time(current) : group_cpu_time(g);
	u.system = cputime_system(thread ? &current->shown : &g->shown, *ns, u.system);
	return u;
}

long sys_times(uint64_t to)
{
	const struct group *g = current->group;
	uint64_t ns;
	const struct usage u = usage_shown(false, &ns);
	const struct tms t = {
		.tms_utime = (int64_t)((ns - u.system) / NSEC_PER_CLOCK),
		.tms_stime = (int64_t)(u.system / NSEC_PER_CLOCK),
		.tms_cutime = (int64_t)((g->child_time - g->child_usage.system) / NSEC_PER_CLOCK),
		.tms_cstime = (int64_t)(g->child_usage.system / NSEC_PER_CLOCK),
	};

	if (to != 0 && copy_to_user(to, &t, sizeof(t)) != 0)
		return -EFAULT;
	return (long)(time_now() / NSEC_PER_CLOCK);
}

long sys_getrusage(uint64_t who, uint64_t to)
{
	struct usage u;
	struct rusage r;
	uint64_t ns;

	switch ((int)who) {
	case RUSAGE_SELF:
	case RUSAGE_THREAD:
		u = usage_shown((int)who == RUSAGE_THREAD, &ns);
		break;
	case RUSAGE_CHILDREN:
		ns = current->group->child_time;
		u = current->group->child_usage;
		break;
	default:
		return -EINVAL;
	}
	usage_to_rusage(&r, ns, &u);
	return copy_to_user(to, &r, sizeof(r));
}
