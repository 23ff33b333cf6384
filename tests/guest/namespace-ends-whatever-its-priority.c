/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-ends-whatever-its-priority - the first process of a name space of processes takes all
 * others along when it ends, also when it is a real-time process and they are not, or all are, and
 * each of them computes.
 */
#include "guest.h"

static int others(void *unused)
{
	(void)unused;
	while (raw0(SYS_getpid) > 0)
		;
	return 0;
}

#define MANY 60

static int first(void *many)
{
	static char stacks[MANY][4096] __attribute__((aligned(16)));
	const int priority = 20, count = many != NULL ? MANY : 3;

	if (many != NULL)
		CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
	for (int i = 0; i < count; i++)
		CHECK(clone(others, stacks[i] + sizeof(stacks[i]), SIGCHLD, NULL) > 0);
	if (many == NULL)
		sleep_ms(5);
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
	return 7;
}

static void try(void *many)
{
	static char stack[16384] __attribute__((aligned(16)));
	struct timespec before, after;
	int status;
	pid_t pid;

	pid = clone(first, stack + sizeof(stack), CLONE_NEWPID | SIGCHLD, many);
	CHECK(pid > 0);
	clock_gettime(CLOCK_MONOTONIC, &before);
	CHECK(waitpid(pid, &status, 0) == pid && exited_with(status, 7));
	clock_gettime(CLOCK_MONOTONIC, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000 < 500);
}

int main(void)
{
	static int many;

	try(NULL);
	try(&many);
	return 0;
}
