/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timer-overruns-are-counted-to-the-end - a timer of one nanosecond: what a signal missed is told
 * with it and can be asked for until the next one is taken; more than an int holds is the largest
 * int; a time long before the machine's start counts from there.
 */
#include "guest.h"

struct event {
	uint64_t value;
	int signo, notify;
	char rest[48];
};

static int timer;

static int take(void)
{
	sigset_t set;
	siginfo_t info;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(syscall(SYS_rt_sigtimedwait, &set, &info, NULL, 8) == SIGUSR1 && info.si_code == SI_TIMER);
	CHECK((int)syscall(SYS_timer_getoverrun, timer) == info.si_overrun);
	return info.si_overrun;
}

static void set(int flags, long sec, long nsec, long interval)
{
	const struct itimerspec spec = { { 0, interval }, { sec, nsec } };

	CHECK(syscall(SYS_timer_settime, timer, flags, &spec, NULL) == 0);
}

int main(void)
{
	struct event event = { .signo = SIGUSR1 };
	struct timespec now;
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &mask, NULL) == 0);
	CHECK(syscall(SYS_timer_create, CLOCK_REALTIME, &event, &timer) == 0);
	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
	set(TIMER_ABSTIME, now.tv_sec - 5, 0, 1);
	CHECK(take() == 0x7fffffff);
	CHECK(take() < 0x7fffffff);
	set(TIMER_ABSTIME, now.tv_sec - 20, now.tv_nsec, 100000000);
	CHECK(take() >= 200);
	set(0, 0, 1, 1);
	sleep_ms(10);
	CHECK(take() >= 9000000);
	set(0, 0, 1, 0);
	CHECK(take() == 0);
	return 0;
}
