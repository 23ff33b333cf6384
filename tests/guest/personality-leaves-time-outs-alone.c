/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality-leaves-time-outs-alone - ppoll and pselect6 write what is left of their time-out, but
 * not with STICKY_TIMEOUTS; a signal ends the call then, and it is not begun again.
 */
#include "guest.h"

#define STICKY_TIMEOUTS 0x4000000
#define TIME                \
	{                   \
		0, 20000000 \
	}

/* What is left of the time-out of a call that nothing ends, in ns. */
static long left_by(long nr)
{
	struct timespec ts = TIME;

	CHECK(raw(nr, 0, 0, nr == SYS_ppoll ? (long)&ts : 0, 0, nr == SYS_ppoll ? 0 : (long)&ts, 0) == 0);
	return ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* A call that is stopped for a moment goes on, and ends with its time. */
static void stopped(void)
{
	struct timespec ts = { 0, 300000000 };
	const long result = raw(SYS_ppoll, 0, 0, (long)&ts, 0, 0, 0);

	_exit(result == -EINTR ? 1 : result == 0 ? 2 : 3);
}

static int stop_and_go(void)
{
	const pid_t child = child_of(stopped);
	int status;

	until_asleep(child);
	CHECK(kill(child, SIGSTOP) == 0 && waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0);
	return WEXITSTATUS(end_of(child));
}

int main(void)
{
	CHECK(left_by(SYS_ppoll) == 0 && left_by(SYS_pselect6) == 0 && stop_and_go() == 2);
	CHECK(raw1(SYS_personality, STICKY_TIMEOUTS) == 0);
	CHECK(left_by(SYS_ppoll) == 20000000 && left_by(SYS_pselect6) == 20000000 && stop_and_go() == 1);
	return 0;
}
