/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread - KILL_THREAD: only the thread that made the call ends; its process goes on.
 *
 * Look for: tid= differs from pid= in the kernel's line. (Had it been the last thread, the process
 * would have died of SIGSYS.) The kernel clears the word `alive` when the thread is gone.
 */
#include "toy.h"

#include <linux/futex.h>
#include <sched.h>

static volatile int alive = 1;
static volatile int survived;
static char stack[16384] __attribute__((aligned(16)));

static int forbidden(void *unused)
{
	(void)unused;
	syscall(SYS_getppid);
	survived = 1;
	return 0;
}

int main(void)
{
	const int flags =
		CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;

	toy_answer(SYS_getppid, SECCOMP_RET_KILL_THREAD);
	say("thread: a second thread starts, and calls getppid()\n");
	EXPECT(clone(forbidden, stack + sizeof(stack), flags, NULL, NULL, NULL, &alive) > 0);
	while (alive)
		syscall(SYS_futex, &alive, FUTEX_WAIT, 1, NULL);
	EXPECT(!survived);
	say("thread: it is gone; the first one is here\n");
	return 0;
}
