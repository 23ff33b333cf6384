/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * threads-without-memory-are-refused - when memory is used up for the stacks of threads: ENOMEM
 * or EAGAIN, and nothing is lost.
 */
#include "guest.h"

static char stack[4096] __attribute__((aligned(16)));

static int sleeper(void *unused)
{
	for (;;)
		raw(SYS_futex, (long)unused, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, 0, 0, 0);
	return 0;
}

int main(void)
{
	static int word;
	int threads = 0;

	CHECK(syscall(SYS_mlockall, 1) == 0);
	while (clone(sleeper, stack + sizeof(stack),
		     CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, &word) > 0) {
		threads++;
		sched_yield();
	}
	CHECK(errno == ENOMEM || errno == EAGAIN);
	CHECK(threads > 100);
	dprintf(1, "many threads\n");
	_exit(0);
}
