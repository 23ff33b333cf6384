/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setting-the-clock-gives-way - CLOCK_REALTIME is set while thousands of timers wait for a time of
 * it, or want to be cancelled then: those whose time has come expire, the others do not, and no one
 * is held up meanwhile. A timer of CLOCK_TAI follows, too. Who hears that a timer was cancelled
 * does not hear that it expired.
 */
#include "files.h"

#define LATER 2000000000L /* the year 2033 */
#define TIMERS 900
#define PROCESSES 24
#define ABSOLUTE 1
#define CANCEL_ON_SET 2

static int fd[TIMERS];
static volatile struct {
	int ready, step, done;
} * told;

static void set_clock(long sec)
{
	const struct timespec ts = { sec, 0 };

	CHECK(syscall(SYS_clock_settime, CLOCK_REALTIME, &ts) == 0);
}

static long reads(int timer)
{
	uint64_t n;

	return read(timer, &n, sizeof(n)) == sizeof(n) ? (long)n : -errno;
}

static void hold_timers(void)
{
	for (int n = 0; n < TIMERS; n++) {
		const struct timespec when[2] = { { 0, 0 }, { LATER + n % 2 * 10000, 0 } };
		const int flags = ABSOLUTE | (n % 3 == 0 ? CANCEL_ON_SET : 0);

		fd[n] = (int)syscall(SYS_timerfd_create, CLOCK_REALTIME, O_NONBLOCK);
		CHECK(fd[n] >= 0 && syscall(SYS_timerfd_settime, fd[n], flags, when, NULL) == 0);
	}
	__sync_fetch_and_add(&told->ready, 1);
	UNTIL(told->step == 1);
	for (int n = 0; n < TIMERS; n++)
		CHECK(reads(fd[n]) == (n % 3 == 0 ? -ECANCELED : -EAGAIN));
	__sync_fetch_and_add(&told->done, 1);
	UNTIL(told->step == 2);
	/* The last one of them that can expire: they do so in their order. */
	UNTIL(is_ready(fd[TIMERS - 2], POLLIN));
	for (int n = 0; n < TIMERS; n++) {
		if (n % 3 == 0)
			CHECK(reads(fd[n]) == -ECANCELED);
		CHECK(reads(fd[n]) == (n % 2 == 0 && n % 3 != 0 ? 1 : -EAGAIN));
	}
}

static volatile int caught;

static void note(int number)
{
	caught = number;
}

int main(void)
{
	const struct timespec when[2] = { { 0, 0 }, { LATER + 100, 0 } };
	int tai = -1;

	told = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(told != MAP_FAILED);
	signal(SIGALRM, note);
	CHECK(syscall(SYS_timer_create, CLOCK_TAI, NULL, &tai) == 0);
	CHECK(syscall(SYS_timer_settime, tai, ABSOLUTE, when, NULL) == 0);
	for (int n = 0; n < PROCESSES; n++)
		child_of(hold_timers);
	UNTIL(told->ready == PROCESSES);
	set_clock(LATER - 3600);
	told->step = 1;
	UNTIL(told->done == PROCESSES);
	CHECK(caught == 0);
	set_clock(LATER + 1000);
	UNTIL(caught == SIGALRM);
	told->step = 2;
	for (int n = 0; n < PROCESSES; n++) {
		int status;

		CHECK(waitpid(-1, &status, 0) > 0);
		CHECK(status == 0);
	}
	return 0;
}
