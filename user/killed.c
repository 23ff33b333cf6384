/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * killed - KILL_PROCESS: the process dies of SIGSYS before the call, and no handler can prevent it.
 *
 * Look for: exit status 159, that is 128 + SIGSYS; the handler's line never appears.
 */
#include "toy.h"

#include <signal.h>

static void survive(int number)
{
	say("killed: I survive signal %d\n", number);
	_exit(1);
}

int main(void)
{
	EXPECT(signal(SIGSYS, survive) != SIG_ERR);
	toy_answer(SYS_getppid, SECCOMP_RET_KILL_PROCESS);
	say("killed: my last words; now getppid()\n");
	syscall(SYS_getppid);
	say("killed: I live?\n");
	return 1;
}
