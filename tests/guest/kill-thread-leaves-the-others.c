/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-thread-leaves-the-others - RET_KILL_THREAD ends the calling thread only: its tid
 * is cleared, the process goes on.
 */
#include "guest.h"

static struct thread other;
static volatile int passed;

static int call(void *unused)
{
	(void)unused;
	raw0(SYS_getppid);
	passed = 1;
	return 0;
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_THREAD)) == 0);
	thread_start(&other, call, NULL);
	thread_join(&other);
	CHECK(!passed);
	return 0;
}
