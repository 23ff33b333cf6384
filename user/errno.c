/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno - ERRNO in numbers: the filter picks the error, 0 counts as
 * success, and 4095 is the largest.
 *
 * Look for: the process kills itself, is told that this worked, and lives.
 */
#include "toy.h"

#include <signal.h>

int main(void)
{
	toy_answer(SYS_getpgid, SECCOMP_RET_ERRNO | 42);
	EXPECT(getpgid(0) == -1 && errno == 42);
	say("errno: ERRNO(42): getpgid(0) fails with errno 42\n");

	toy_answer(SYS_getsid, SECCOMP_RET_ERRNO | 9999);
	EXPECT(getsid(0) == -1 && errno == 4095);
	say("errno: ERRNO(9999): getsid(0) fails with errno 4095, the largest\n");

	toy_answer(SYS_kill, SECCOMP_RET_ERRNO | 0);
	EXPECT(kill(getpid(), SIGKILL) == 0);
	say("errno: ERRNO(0): kill(getpid(), SIGKILL) \"succeeds\"; I am still here\n");
	return 0;
}
