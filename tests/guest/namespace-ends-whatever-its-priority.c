/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-ends-whatever-its-priority - the first process of a name space of processes takes all
 * others along when it ends, also when it is a real-time process and they are not.
 */
#include "guest.h"

static int others(void *unused)
{
	(void)unused;
	while (raw0(SYS_getpid) > 0)
		;
	return 0;
}

static int first(void *unused)
{
	static char stacks[3][8192] __attribute__((aligned(16)));
	const int priority = 20;

	(void)unused;
	for (int i = 0; i < 3; i++)
		CHECK(clone(others, stacks[i] + sizeof(stacks[i]), SIGCHLD, NULL) > 0);
	sleep_ms(5);
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
	return 7;
}

int main(void)
{
	static char stack[16384] __attribute__((aligned(16)));
	struct timespec before, after;
	int status;
	pid_t pid;

	pid = clone(first, stack + sizeof(stack), CLONE_NEWPID | SIGCHLD, NULL);
	CHECK(pid > 0);
	clock_gettime(CLOCK_MONOTONIC, &before);
	CHECK(waitpid(pid, &status, 0) == pid && exited_with(status, 7));
	clock_gettime(CLOCK_MONOTONIC, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 < 500);
	return 0;
}
