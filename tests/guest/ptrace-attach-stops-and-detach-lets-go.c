/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-attach-stops-and-detach-lets-go - PTRACE_ATTACH sends SIGSTOP, works on a process that is
 * stopped already, sees group stops; a tracer that ends lets its tracees go, or, with
 * PTRACE_O_EXITKILL, kills them.
 */
#include "tracing.h"

static volatile int *shared;

static pid_t victim(void)
{
	const pid_t child = fork();

	if (child == 0) {
		for (;;) {
			shared[0]++;
			sleep_ms(1);
		}
	}
	return child;
}

int main(void)
{
	int status;
	pid_t child, tracer;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	child = victim();
	CHECK(ptrace(PTRACE_ATTACH, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, 0) == child && IS_STOP(status, SIGSTOP));
	REFUSED(ptrace(PTRACE_INTERRUPT, child, 0, 0), EIO); /* not seized */
	CHECK(ptrace(PTRACE_DETACH, child, 0, 0) == 0);
	shared[0] = 0;
	while (shared[0] < 3)
		sleep_ms(1);

	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_ATTACH, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, WNOHANG) == child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_DETACH, child, 0, 0) == 0);
	CHECK(kill(child, SIGCONT) == 0);
	shared[0] = 0;
	while (shared[0] < 3)
		sleep_ms(1);

	for (int kills = 0; kills < 2; kills++) {
		tracer = fork();
		if (tracer == 0) {
			CHECK(ptrace(PTRACE_SEIZE, child, 0, kills ? PTRACE_O_EXITKILL : 0) == 0);
			CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0);
			CHECK(waitpid(child, &status, __WALL) == child);
			_exit(3);
		}
		CHECK(waitpid(tracer, &status, 0) == tracer && exited_with(status, 3));
		if (kills)
			break;
		shared[0] = 0;
		while (shared[0] < 3)
			sleep_ms(1);
	}
	CHECK(waitpid(child, &status, 0) == child && killed_by(status, SIGKILL));
	return 0;
}
