/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-process-cannot-be-caught - a handler for SIGSYS does not run for RET_KILL_PROCESS.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
	_exit(3);
}

int main(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	getppid();
	return 1;
}
