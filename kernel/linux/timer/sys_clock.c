/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_clock.c - clock_getres, gettimeofday with its time zone, and the calls that set the clock for
 * all programs and the vDSO: clock_settime, settimeofday.
 * [kernel/time/timekeeping.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/time.h>

#include "clock.h"
#include "posix_timer.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

#define COARSE_NSEC 4000000L /* the resolution of the coarse clocks: a tick of 250 Hz */
#define SECONDS_MAX \
	((int64_t)(NSEC_MAX / NSEC_PER_SEC) - 30L * 365 * 24 * 3600) /* [KTIME_SEC_MAX, TIME_UPTIME_SEC_MAX] */
#define MINUTES_MAX (15 * 60)

long sys_clock_getres(uint64_t uclock, uint64_t to)
{
	const int clock = (int)uclock;
	struct __kernel_timespec ts = { .tv_sec = 0, .tv_nsec = 1 };
	uint64_t ns;
	const int err = clock_read(clock, &ns);

	if (err != 0)
		return err;
	if (clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE)
		ts.tv_nsec = COARSE_NSEC;
	return to == 0 ? 0 : copy_to_user(to, &ts, sizeof(ts));
}

long sys_gettimeofday(uint64_t tv, uint64_t tz)
{
	const struct __kernel_old_timeval v = timeval_from_ns(time_realtime());

	if (tv != 0 && copy_to_user(tv, &v, sizeof(v)) != 0)
		return -EFAULT;
	if (tz != 0) {
		const uint64_t zone = time_zone();

		return copy_to_user(tz, &zone, sizeof(zone));
	}
	return 0;
}

int clock_set(int64_t sec, int64_t nsec)
{
	if (sec < 0 || nsec < 0 || nsec >= (int64_t)NSEC_PER_SEC || sec >= SECONDS_MAX)
		return -EINVAL;
	if (!task_capable(CAP_SYS_TIME))
		return -EPERM;
	if (!time_set_realtime((uint64_t)sec * NSEC_PER_SEC + (uint64_t)nsec))
		return -EINVAL;
	posix_timers_clock_was_set();
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
	return clock_set(ts.tv_sec, ts.tv_nsec);
}

/* The time zone has no effect; gettimeofday returns it. [do_sys_settimeofday64] */
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
	return utv != 0 ? clock_set(tv.tv_sec, tv.tv_usec * (int64_t)NSEC_PER_USEC) : 0;
}
