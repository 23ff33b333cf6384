/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_settime.c - clock_settime, settimeofday: set the clock, for all programs and the vDSO.
 * [kernel/time/timekeeping.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/time.h>

#include "posix_timer.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

#define SECONDS_MAX \
	((int64_t)(NSEC_MAX / NSEC_PER_SEC) - 30L * 365 * 24 * 3600) /* [KTIME_SEC_MAX, TIME_UPTIME_SEC_MAX] */
#define MINUTES_MAX (15 * 60)

/* [do_settimeofday64] */
static long set_clock(int64_t sec, int64_t nsec)
{
	if (sec < 0 || nsec < 0 || nsec >= (int64_t)NSEC_PER_SEC || sec >= SECONDS_MAX)
		return -EINVAL;
	if (!task_capable(CAP_SYS_TIME))
		return -EPERM;
	if (!time_set_realtime((uint64_t)sec * NSEC_PER_SEC + (uint64_t)nsec))
		return -EINVAL;
	timerfd_clock_was_set();
	return 0;
}

long sys_clock_settime(uint64_t clock, uint64_t from)
{
	struct __kernel_timespec ts;

	if ((int)clock != CLOCK_REALTIME)
		return -EINVAL;
	if (copy_from_user(&ts, from, sizeof(ts)) != 0)
		return -EFAULT;
	return set_clock(ts.tv_sec, ts.tv_nsec);
}

/* The time zone is only kept for gettimeofday. [do_sys_settimeofday64] */
long sys_settimeofday(uint64_t utv, uint64_t utz)
{
	struct __kernel_old_timeval tv = { 0, 0 };
	int32_t tz[2] = { 0, 0 };

	if (utv != 0 && copy_from_user(&tv, utv, sizeof(tv)) != 0)
		return -EFAULT;
	if (utv != 0 && (tv.tv_usec < 0 || tv.tv_usec >= 1000000))
		return -EINVAL;
	if (utz != 0 && copy_from_user(tz, utz, sizeof(tz)) != 0)
		return -EFAULT;
	if (utv != 0 && (tv.tv_sec < 0 || tv.tv_sec >= SECONDS_MAX))
		return -EINVAL;
	if (!task_capable(CAP_SYS_TIME))
		return -EPERM;
	if (utz != 0) {
		if (tz[0] > MINUTES_MAX || tz[0] < -MINUTES_MAX)
			return -EINVAL;
		time_set_zone(tz);
	}
	return utv != 0 ? set_clock(tv.tv_sec, tv.tv_usec * (int64_t)NSEC_PER_USEC) : 0;
}
