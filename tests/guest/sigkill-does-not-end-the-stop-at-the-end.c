/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigkill-does-not-end-the-stop-at-the-end - who was killed, and stops once more for a tracer that
 * asked for it, stays until the tracer lets it go: another SIGKILL, to the process or to the
 * thread, is dropped.
 */
#include "tracing.h"

static void body(void)
{
	for (;;)
		pause();
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACEEXIT);
	int status;

	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, __WALL) == child);
	CHECK(WIFSTOPPED(status) && status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8));
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(raw(SYS_tkill, child, SIGKILL, 0, 0, 0, 0) == 0);
	sleep_ms(50);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && killed_by(status, SIGKILL));
	return 0;
}
