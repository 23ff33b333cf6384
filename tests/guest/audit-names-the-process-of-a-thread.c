/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit-names-the-process-of-a-thread - a record says the process whose thread made the call, and
 * as whom: its real ids, not those that it acts by.
 */
#include "guest.h"

static struct thread thread;

static int call(void *unused)
{
	(void)unused;
	raw(SYS_setresuid, 70001, 70002, 70003, 0, 0, 0);
	raw0(SYS_getppid);
	return 0;
}

int main(void)
{
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(1))) == 0);
	CHECK(syscall(SYS_setresgid, 60001, 60002, 60003) == 0);
	printf("this is process %d\n", (int)getpid());
	fflush(stdout);
	thread_start(&thread, call, NULL);
	thread_join(&thread);
	return 0;
}
