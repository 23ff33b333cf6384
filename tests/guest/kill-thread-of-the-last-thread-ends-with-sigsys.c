/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-thread-of-the-last-thread-ends-with-sigsys - RET_KILL_THREAD in a process of one thread is
 * RET_KILL_PROCESS.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_THREAD)) == 0);
	getppid();
	return 1;
}
