/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer-of-higher-priority-attaches - PTRACE_ATTACH to a stopped process waits until that has
 * changed its stop, also when the tracer is a real-time process and would let nobody run.
 */
#include "guest.h"

#include <sys/ptrace.h>

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(void)
{
	const int priority = 20;
	const pid_t pid = fork();
	long before;
	int status;

	CHECK(pid >= 0);
	while (pid == 0)
		raise(SIGSTOP);
	CHECK(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
	before = milliseconds();
	CHECK(ptrace(PTRACE_ATTACH, pid, NULL, NULL) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, &status, 0) == pid && killed_by(status, SIGKILL));
	CHECK(milliseconds() - before < 500);
	return 0;
}
