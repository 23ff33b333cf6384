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
	int64_t tms_utime, tms_stime, tms_cutime, tms_cstime; /* in clock ticks; all is user time */
};

long sys_times(uint64_t to)
{
	const struct tms t = {
		.tms_utime = (int64_t)(group_cpu_time(current->group) / NSEC_PER_CLOCK),
		.tms_cutime = (int64_t)(current->group->child_time / NSEC_PER_CLOCK),
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
		ns = group_cpu_time(current->group);
		u = usage_of_group(current->group);
		break;
	case RUSAGE_CHILDREN:
		ns = current->group->child_time;
		u = current->group->child_usage;
		break;
	case RUSAGE_THREAD:
		ns = task_cpu_time(current);
		u = current->usage;
		u.peak_pages = usage_of_group(current->group).peak_pages;
		break;
	default:
		return -EINVAL;
	}
	usage_to_rusage(&r, ns, &u);
	return copy_to_user(to, &r, sizeof(r));
}
