/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-killed-before-a-call-does-not-make-it - a tracee that is killed while it is stopped before
 * a call, by its tracer's wish or by a filter's, ends without making the call.
 */
#include "tracing.h"

static int ends[2];

static void body(void)
{
	raw(SYS_write, ends[1], (long)"x", 1, 0, 0, 0);
}

/* Of the call that is not made nothing is logged, because it is not judged. */
static void body_that_is_logged(void)
{
	CHECK(INSTALL(0, ON(SYS_write, SECCOMP_RET_LOG)) == 0);
	body();
}

static void body_under_a_filter(void)
{
	CHECK(INSTALL(0, ON(SYS_write, SECCOMP_RET_TRACE)) == 0);
	body();
}

static void killed_before(void (*of)(void), int request)
{
	const pid_t child = traced(of, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP);
	char byte;
	int status;

	do
		CHECK(WIFSTOPPED(go_on(child, request, 0)));
	while (REG_NR(registers_of(child)) != SYS_write || (int)REG_ARG0(registers_of(child)) != ends[1]);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child && killed_by(status, SIGKILL));
	REFUSED(read(ends[0], &byte, 1), EAGAIN);
}

int main(void)
{
	CHECK(pipe2(ends, O_NONBLOCK) == 0);
	killed_before(body, PTRACE_SYSCALL);
	killed_before(body_that_is_logged, PTRACE_SYSCALL);
	killed_before(body_under_a_filter, PTRACE_CONT);
	return 0;
}
