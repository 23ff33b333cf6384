/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_time.c - reading clocks, and sleeping. What else there is of clocks, timers and processor
 * time is in kernel/linux/timer.
 *
 * A sleep that a stop and SIGCONT interrupt is continued by restart_syscall(2), with the deadline
 * that it had; that call goes through the task's filters as a call of its own.
 */
#include <string.h>

#include <abi/errno.h>
#include <abi/time.h>

#include "absent.h"
#include "clock.h"
#include "cputime.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"
#include "wait.h"

static int timespec_from_user(uint64_t *ns, uint64_t from)
{
	struct __kernel_timespec ts;

	if (copy_from_user(&ts, from, sizeof(ts)) != 0)
		return -EFAULT;
	if (!timespec_is_valid(&ts))
		return -EINVAL;
	*ns = timespec_to_ns(&ts);
	return 0;
}

/* ---- clocks ---- */

static int cpu_clock_read(int clock, uint64_t *ns)
{
	const struct task *t;
	bool thread;

	if (!cpu_clock_find(clock, &t, &thread))
		return -EINVAL;
	*ns = thread ? task_cpu_time(t) : group_cpu_time(t->group);
	return 0;
}

int clock_read(int clock, uint64_t *ns)
{
	if (clock < 0)
		return cpu_clock_read(clock, ns);
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_TAI: /* no leap seconds are known */
		*ns = time_realtime();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME: /* the machine is never suspended */
		*ns = time_now();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*ns = group_cpu_time(current->group);
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*ns = task_cpu_time(current);
		return 0;
	case CLOCK_REALTIME_ALARM: /* there is no device that could wake the machine */
	case CLOCK_BOOTTIME_ALARM:
		absent_say("clock", "id", (uint64_t)clock, "EINVAL");
		return -EINVAL;
	default:
		return -EINVAL;
	}
}

long sys_clock_gettime(uint64_t clock, uint64_t to)
{
	struct __kernel_timespec ts;
	uint64_t ns;
	const int err = clock_read((int)clock, &ns);

	if (err != 0)
		return err;
	ts = timespec_from_ns(ns);
	return copy_to_user(to, &ts, sizeof(ts));
}

/* ---- sleeping ---- */

static int time_sleep_until(uint64_t deadline)
{
	int err;

	do
		err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	while (err == 0);
	return err == -ETIMEDOUT ? 0 : err;
}

/*
 * Writes the time that is left to REM (0: nowhere), even when the sleep is to go on. Returns 0 when
 * nothing is left.
 */
static long sleep_interrupted(uint64_t deadline, uint64_t rem)
{
	const uint64_t now = time_now();
	struct __kernel_timespec ts;

	if (deadline <= now)
		return 0;
	ts = timespec_from_ns(deadline - now);
	if (rem != 0 && copy_to_user(rem, &ts, sizeof(ts)) != 0)
		return -EFAULT;
	return -ERESTART_RESTARTBLOCK;
}

static long sleep_restart(struct restart *r)
{
	if (time_sleep_until(r->arg[0]) == 0)
		return 0;
	return sleep_interrupted(r->arg[0], r->arg[1]);
}

static uint64_t deadline_after(uint64_t ns)
{
	const uint64_t now = time_now();

	return ns > NSEC_MAX - now ? NSEC_MAX : now + ns;
}

static long sleep_for(uint64_t ns, uint64_t rem)
{
	const uint64_t deadline = deadline_after(ns);

	if (ns == 0 || time_sleep_until(deadline) == 0)
		return 0;
	current->restart.fn = sleep_restart;
	current->restart.arg[0] = deadline;
	current->restart.arg[1] = rem;
	return sleep_interrupted(deadline, rem);
}

long sys_nanosleep(uint64_t req, uint64_t rem)
{
	uint64_t ns;
	const int err = timespec_from_user(&ns, req);

	return err != 0 ? err : sleep_for(ns, rem);
}

long sys_clock_nanosleep(uint64_t uclock, uint64_t flags, uint64_t req, uint64_t rem)
{
	const int clock = (int)uclock;
	uint64_t ns, now;
	int err = clock_read(clock, &now);

	if (err != 0)
		return -EINVAL;
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME && clock != CLOCK_TAI)
		return -EOPNOTSUPP;
	err = timespec_from_user(&ns, req);
	if (err != 0)
		return err;
	if (((int)flags & TIMER_ABSTIME) == 0)
		return sleep_for(ns, rem);
	if (ns <= now)
		return 0;
	return time_sleep_until(deadline_after(ns - now)) == 0 ? 0 : -ERESTARTNOHAND;
}

long sys_restart_syscall(void)
{
	struct restart *r = &current->restart;

	return r->fn == NULL ? -EINTR : r->fn(r);
}
