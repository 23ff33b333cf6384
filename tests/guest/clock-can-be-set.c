/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock-can-be-set - clock_settime and settimeofday: the calls and the vDSO tell the new
 * time at once, CLOCK_MONOTONIC goes on, timers that wait for a time come then, and one
 * that asked for it is cancelled, once, and forgets what it has counted.
 */
#include "vdso.h"

#ifdef __riscv
#include <abi/timex.h>
#else
#include <sys/timex.h>
#define __kernel_timex timex
#endif

#define LATER 2000000000L /* the year 2033 */
#define CANCEL_ON_SET 2

typedef long (*clock_function)(int clock, struct timespec *ts);

static clock_function vdso_gettime;

static struct timespec by_vdso(int clock)
{
	struct timespec ts;

	CHECK(vdso_gettime(clock, &ts) == 0);
	return ts;
}

static void set(long sec)
{
	const struct timespec ts = { sec, 5 };

	CHECK(syscall(SYS_clock_settime, CLOCK_REALTIME, &ts) == 0);
}

/* A timer that waits for the time AT. */
static int timer_at(long at, int flags)
{
	const struct itimerspec when = { .it_value = { at, 0 } };
	const long fd = syscall(SYS_timerfd_create, CLOCK_REALTIME, O_NONBLOCK);

	CHECK(fd >= 0 && syscall(SYS_timerfd_settime, fd, 1 | flags, &when, NULL) == 0);
	return (int)fd;
}

static void cancelled_once(void)
{
	static const struct itimerspec off, each = { .it_value = { LATER + 5000, 0 }, .it_interval = { 1000, 0 } };
	const int fd = timer_at(LATER + 5000, CANCEL_ON_SET);
	struct itimerspec left;
	uint64_t ticks;

	set(LATER + 200);
	/* Who turns it off is not told; who sets it next is, and it is set all the same. */
	CHECK(syscall(SYS_timerfd_settime, fd, 1 | CANCEL_ON_SET, &off, NULL) == 0);
	REFUSED(syscall(SYS_timerfd_settime, fd, 1 | CANCEL_ON_SET, &each, NULL), ECANCELED);
	set(LATER + 6500);
	sleep_ms(1);
	REFUSED(read(fd, &ticks, 8), ECANCELED);
	REFUSED(read(fd, &ticks, 8), EAGAIN);
	CHECK(syscall(SYS_timerfd_gettime, fd, &left) == 0);
	CHECK(left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0 && left.it_interval.tv_sec == 1000);
	set(LATER);
	CHECK(syscall(SYS_timerfd_settime, fd, 1, &each, NULL) == 0);
	set(LATER + 6500);
	sleep_ms(1);
	set(LATER + 100); /* back to before it expired */
	REFUSED(read(fd, &ticks, 8), EAGAIN);
	set(LATER + 6500);
	sleep_ms(1);
	CHECK(read(fd, &ticks, 8) == 8 && ticks == 2 && close(fd) == 0);
}

static void refusals(void)
{
	struct timespec ts = { LATER, 1000000000 };
	struct timeval tv = { LATER, 1000000 };
	int zone[2] = { 16 * 60, 0 };

	REFUSED(syscall(SYS_clock_settime, CLOCK_MONOTONIC, KERNEL_ADDRESS), EINVAL);
	REFUSED(syscall(SYS_clock_settime, 99, &ts), EINVAL);
	REFUSED(syscall(SYS_clock_settime, CLOCK_REALTIME, KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_clock_settime, CLOCK_REALTIME, &ts), EINVAL);
	ts = (struct timespec){ 0, 0 };
	REFUSED(syscall(SYS_clock_settime, CLOCK_REALTIME, &ts), EINVAL); /* before the machine started */
	REFUSED(syscall(SYS_settimeofday, &tv, NULL), EINVAL);
	REFUSED(syscall(SYS_settimeofday, KERNEL_ADDRESS, NULL), EFAULT);
	REFUSED(syscall(SYS_settimeofday, NULL, KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_settimeofday, NULL, zone), EINVAL);
}

/* By a distance, and what is said of its exactness. */
static void adjusted(void)
{
	struct __kernel_timex t = { .modes = ADJ_SETOFFSET | ADJ_NANO, .time = { -50, 999999999 } };
	const long before = by_vdso(CLOCK_REALTIME).tv_sec;

	CHECK(syscall(SYS_adjtimex, &t) == TIME_ERROR && (t.status & STA_NANO) != 0);
	CHECK(by_vdso(CLOCK_REALTIME).tv_sec - before < -40 && by_vdso(CLOCK_REALTIME).tv_sec - before > -60);
	t = (struct __kernel_timex){ .modes = ADJ_SETOFFSET, .time = { 0, 1000000 } };
	REFUSED(syscall(SYS_adjtimex, &t), EINVAL);
	t = (struct __kernel_timex){ .modes = ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR | ADJ_MICRO | ADJ_TIMECONST,
				     .maxerror = 7,
				     .esterror = 8,
				     .constant = 3 };
	CHECK(syscall(SYS_adjtimex, &t) == TIME_OK);
	t.modes = 0;
	CHECK(syscall(SYS_adjtimex, &t) == TIME_OK && t.maxerror >= 7 && t.esterror == 8 && t.constant == 7);
	CHECK(t.status == 0 && t.time.tv_usec < 1000000);
}

static void as_nobody(void)
{
	const struct timespec ts = { LATER, 0 };
	const struct timeval tv = { LATER, 0 };

	drop_privileges();
	REFUSED(syscall(SYS_clock_settime, CLOCK_REALTIME, &ts), EPERM);
	REFUSED(syscall(SYS_settimeofday, &tv, NULL), EPERM);
}

int main(void)
{
	struct timespec mono, now;
	struct timeval tv = { LATER + 100, 999999 };
	int zone[2] = { -60, 1 }, read_zone[2], far, cancelled;
	uint64_t ticks;

	vdso_gettime = (clock_function)vdso_find("__vdso_clock_gettime");
	mono = by_vdso(CLOCK_MONOTONIC);
	far = timer_at(LATER, 0);
	cancelled = timer_at(LATER + 1000, CANCEL_ON_SET);
	REFUSED(read(far, &ticks, 8), EAGAIN);
	set(LATER - 3600);
	now = by_vdso(CLOCK_REALTIME);
	CHECK(now.tv_sec >= LATER - 3600 && now.tv_sec < LATER - 3500);
	CHECK(syscall(SYS_clock_gettime, CLOCK_REALTIME, &now) == 0 && now.tv_sec >= LATER - 3600 &&
	      now.tv_sec < LATER - 3500);
	CHECK(by_vdso(CLOCK_MONOTONIC).tv_sec - mono.tv_sec < 100);
	REFUSED(read(far, &ticks, 8), EAGAIN);
	REFUSED(read(cancelled, &ticks, 8), ECANCELED);
	REFUSED(read(cancelled, &ticks, 8), EAGAIN);
	CHECK(syscall(SYS_settimeofday, &tv, zone) == 0);
	now = by_vdso(CLOCK_REALTIME);
	CHECK(now.tv_sec >= LATER + 100 && now.tv_sec < LATER + 200);
	sleep_ms(1);
	CHECK(read(far, &ticks, 8) == 8 && ticks == 1);
	CHECK(syscall(SYS_gettimeofday, &tv, read_zone) == 0 && tv.tv_sec >= LATER + 100);
	CHECK(read_zone[0] == -60 && read_zone[1] == 1);
	zone[0] = zone[1] = 0;
	CHECK(syscall(SYS_settimeofday, NULL, zone) == 0);
	cancelled_once();
	refusals();
	adjusted();
	CHECK(exited_with(status_of(as_nobody), 0));
	return 0;
}
