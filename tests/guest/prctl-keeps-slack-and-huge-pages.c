/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl-keeps-slack-and-huge-pages - PR_SET_TIMERSLACK and what children get of it;
 * PR_SET_THP_DISABLE; PR_GET_TIMING.
 */
#include "guest.h"

#define GET_TIMING 13
#define SET_TIMING 14
#define SET_TIMERSLACK 29
#define GET_TIMERSLACK 30
#define SET_THP_DISABLE 41
#define GET_THP_DISABLE 42

static void child(void)
{
	/* The parent's is the child's, and its default. */
	CHECK(prctl(GET_TIMERSLACK, 0, 0, 0, 0) == 70000);
	CHECK(prctl(SET_TIMERSLACK, 5, 0, 0, 0) == 0 && prctl(GET_TIMERSLACK, 0, 0, 0, 0) == 5);
	CHECK(prctl(SET_TIMERSLACK, 0, 0, 0, 0) == 0 && prctl(GET_TIMERSLACK, 0, 0, 0, 0) == 70000);
	CHECK(prctl(GET_THP_DISABLE, 0, 0, 0, 0) == 1);
}

int main(void)
{
	CHECK(prctl(GET_TIMERSLACK, 0, 0, 0, 0) == 50000);
	CHECK(prctl(SET_TIMERSLACK, 70000, 0, 0, 0) == 0);
	CHECK(prctl(GET_TIMING, 0, 0, 0, 0) == 0 && prctl(SET_TIMING, 0, 0, 0, 0) == 0);
	REFUSED(prctl(SET_TIMING, 1, 0, 0, 0), EINVAL);
	CHECK(prctl(GET_THP_DISABLE, 0, 0, 0, 0) == 0);
	REFUSED(prctl(GET_THP_DISABLE, 1, 0, 0, 0), EINVAL);
	REFUSED(prctl(SET_THP_DISABLE, 1, 1, 0, 0), EINVAL);
	CHECK(prctl(SET_THP_DISABLE, 1, 0, 0, 0) == 0 && prctl(GET_THP_DISABLE, 0, 0, 0, 0) == 1);
	CHECK(exited_with(status_of(child), 0));
	CHECK(prctl(SET_THP_DISABLE, 0, 0, 0, 0) == 0 && prctl(GET_THP_DISABLE, 0, 0, 0, 0) == 0);
	return 0;
}
