/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-traces-the-first-process-too - a child attaches to the first process of its pid namespace,
 * which then hears signals that it would ignore, stops, and goes on when it is let go.
 */
#include "tracing.h"

static volatile int *shared;

static void tracer(void)
{
	int status, before;

	CHECK(ptrace(PTRACE_ATTACH, 1, 0, 0) == 0);
	CHECK(waitpid(1, &status, 0) == 1 && IS_STOP(status, SIGSTOP));
	before = shared[0];
	sleep_ms(30);
	CHECK(shared[0] == before);
	CHECK(ptrace(PTRACE_DETACH, 1, 0, 0) == 0);
	UNTIL(shared[0] > before);
	shared[1] = 1;
}

int main(void)
{
	pid_t first;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED && syscall(SYS_unshare, CLONE_NEWPID) == 0);
	first = fork();
	if (first == 0) {
		const pid_t child = child_of(tracer);

		while (!shared[1]) {
			shared[0]++;
			sleep_ms(1);
		}
		CHECK(end_of(child) == 0);
		_exit(0);
	}
	CHECK(end_of(first) == 0);
	return 0;
}
