/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleep-lasts-as-long-as-asked - nanosleep waits at least its time by the monotonic clock,
 * and refuses times that are none.
 */
#include "guest.h"

int main(void)
{
	struct timespec before, after, bad = { 0, 1000000000 };

	CHECK(clock_gettime(CLOCK_MONOTONIC, &before) == 0);
	sleep_ms(30);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &after) == 0);
	const long passed = (after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec;
	CHECK(passed >= 30000000);
	REFUSED(nanosleep(&bad, NULL), EINVAL);
	bad = (struct timespec){ -1, 0 };
	REFUSED(nanosleep(&bad, NULL), EINVAL);
	REFUSED(syscall(SYS_clock_gettime, 1000, &after), EINVAL);
	return 0;
}
