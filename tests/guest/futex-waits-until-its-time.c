/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-waits-until-its-time - FUTEX_WAIT's time-out is a length, WAIT_BITSET's a moment, on either
 * clock; a word that has changed is EAGAIN; a handler ends the wait with EINTR, and without
 * time-out SA_RESTART begins it anew.
 */
#include "guest.h"

#include <sys/time.h>

static int word = 5;
static volatile int caught;

static void handler(int number)
{
	(void)number;
	if (++caught == 2)
		word = 6;
}

static long wait_for(int operation, int value, const struct timespec *time, unsigned bits)
{
	return raw(SYS_futex, (long)&word, operation, value, (long)time, 0, (long)bits);
}

static long now_ms(clockid_t clock)
{
	struct timespec t;

	CHECK(clock_gettime(clock, &t) == 0);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct timespec of_ms(long ms)
{
	return (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
}

static void check_handler(int flags, const struct timespec *time, long result)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	const struct itimerval twice = { { 0, 250000 }, { 0, 250000 } }, off = { { 0, 0 }, { 0, 0 } };

	word = 5;
	caught = 0;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &twice, NULL) == 0);
	CHECK(wait_for(FUTEX_WAIT, 5, time, 0) == result);
	CHECK(setitimer(ITIMER_REAL, &off, NULL) == 0);
}

int main(void)
{
	const struct timespec soon = of_ms(50), past = of_ms(1), long_time = of_ms(100000), bad = { 0, 1000000000 },
			      negative = { -1, 0 };
	struct timespec moment;
	long begin = now_ms(CLOCK_MONOTONIC);

	CHECK(wait_for(FUTEX_WAIT, 5, &soon, 0) == -ETIMEDOUT);
	CHECK(now_ms(CLOCK_MONOTONIC) - begin >= 50);
	CHECK(wait_for(FUTEX_WAIT, 4, &soon, 0) == -EAGAIN);
	begin = now_ms(CLOCK_MONOTONIC);
	moment = of_ms(begin + 60);
	CHECK(wait_for(FUTEX_WAIT_BITSET, 5, &moment, 1) == -ETIMEDOUT);
	CHECK(now_ms(CLOCK_MONOTONIC) - begin >= 60);
	begin = now_ms(CLOCK_REALTIME);
	moment = of_ms(begin + 60);
	CHECK(wait_for(FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &moment, 1) == -ETIMEDOUT);
	CHECK(now_ms(CLOCK_REALTIME) - begin >= 60);
	CHECK(wait_for(FUTEX_WAIT_BITSET, 5, &past, 1) == -ETIMEDOUT);
	CHECK(wait_for(FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &past, 1) == -ETIMEDOUT);
	CHECK(wait_for(FUTEX_WAIT_BITSET, 4, &past, 1) == -EAGAIN);
	CHECK(wait_for(FUTEX_WAIT_BITSET, 5, &past, 0) == -EINVAL);
	CHECK(wait_for(FUTEX_WAIT, 5, &bad, 0) == -EINVAL);
	CHECK(wait_for(FUTEX_WAIT, 5, &negative, 0) == -EINVAL);
	CHECK(wait_for(FUTEX_WAIT, 4, (struct timespec *)8, 0) == -EFAULT);
	CHECK(wait_for(FUTEX_WAIT | FUTEX_CLOCK_REALTIME, 5, &soon, 0) == -ENOSYS);
	CHECK(wait_for(63, 5, NULL, 0) == -ENOSYS);

	check_handler(0, NULL, -EINTR); /* looked again after the second alarm it would be EAGAIN */
	CHECK(caught >= 1);
	check_handler(SA_RESTART, NULL, -EAGAIN); /* looked again, after the second */
	CHECK(caught >= 2);
	check_handler(SA_RESTART, &long_time, -EINTR);
	CHECK(caught >= 1);
	return 0;
}
