/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleep-ends-later-by-its-slack - a sleep ends as late as PR_SET_TIMERSLACK allows, unless the
 * machine is awake anyway. On Linux the tick wakes it, so that the same may end sooner there.
 */
#include "guest.h"

#define SET_TIMERSLACK 29

static long sleep_takes(void)
{
	const struct timespec moment = { 0, 1 };
	struct timespec before, after;

	clock_gettime(CLOCK_MONOTONIC, &before);
	nanosleep(&moment, NULL);
	clock_gettime(CLOCK_MONOTONIC, &after);
	return (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
}

int main(void)
{
	CHECK(prctl(SET_TIMERSLACK, 1, 0, 0, 0) == 0 && sleep_takes() < 1000000);
	CHECK(prctl(SET_TIMERSLACK, 20000000, 0, 0, 0) == 0);
	CHECK(sleep_takes() >= 20000000);
	return 0;
}
