/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-timers-at-once-give-way - thousands of timers of one user run, and all expire at the same
 * time: setting one more takes no longer than it did, each is seen to expire, in the order of
 * their times, and none that was stopped does.
 */
#include "files.h"

#include <sys/resource.h>

#define TIMERS 900
#define PROCESSES 24

static int fd[TIMERS];

static void set(int timer, long seconds, long nanoseconds, int absolute)
{
	const struct timespec when[2] = { { 0, 0 }, { seconds, nanoseconds } };

	CHECK(syscall(SYS_timerfd_settime, timer, absolute, when, NULL) == 0);
}

static int expired(int timer)
{
	uint64_t n;

	return read(timer, &n, sizeof(n)) == sizeof(n) && n == 1;
}

/* Timers that all expire at *WHEN, but for each third one, which is stopped. */
static void hold_timers(const struct timespec *when)
{
	for (int n = 0; n < TIMERS; n++) {
		fd[n] = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, O_NONBLOCK);
		CHECK(fd[n] >= 0);
		set(fd[n], when->tv_sec, when->tv_nsec, 1);
	}
	for (int n = 0; n < TIMERS; n += 3)
		set(fd[n], 0, 0, 1);
	CHECK(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 1 /* TIMER_ABSTIME */, when, NULL) == 0);
	sleep_ms(200);
	for (int n = 0; n < TIMERS; n++)
		CHECK(expired(fd[n]) == (n % 3 != 0));
	_exit(0);
}

/* Set in no order, they expire in the order of their times. */
static void in_order(void)
{
	int order[64], seen = 0;

	for (int n = 0; n < 64; n++) {
		fd[n] = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
		CHECK(fd[n] >= 0);
		set(fd[n], 0, 1000000L * (1 + n * 37 % 64), 0);
		order[n * 37 % 64] = n;
	}
	while (seen < 64)
		CHECK(expired(fd[order[seen++]]));
}

int main(void)
{
	struct timespec when;
	int status;

	CHECK(status_of(in_order) == 0);
	clock_gettime(CLOCK_MONOTONIC, &when);
	when.tv_sec += 2;
	for (int n = 0; n < PROCESSES; n++) {
		const pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0)
			hold_timers(&when);
	}
	for (int n = 0; n < PROCESSES; n++)
		CHECK(wait(&status) > 0 && status == 0);
	return 0;
}
