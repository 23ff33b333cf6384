/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-process-ends-every-thread - RET_KILL_PROCESS in one thread ends the process
 * while another thread is computing.
 */
#include "guest.h"

static struct thread other;

static int call(void *unused)
{
	(void)unused;
	raw0(SYS_getppid);
	return 0;
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	thread_start(&other, call, NULL);
	for (;;)
		;
}
