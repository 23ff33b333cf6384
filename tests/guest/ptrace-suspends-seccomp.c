/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-suspends-seccomp - a privileged tracer switches its tracee's filters off and on with
 * PTRACE_O_SUSPEND_SECCOMP; one that is filtered may not.
 */
#include "tracing.h"

static void body(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(3))) == 0);
	CHECK(raw0(SYS_getppid) == -3);
	raise(SIGSTOP);
	CHECK(raw0(SYS_getppid) > 0);
	raise(SIGSTOP);
	CHECK(raw0(SYS_getppid) == -3);
}

int main(void)
{
	const pid_t child = traced(body, 0);
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGSTOP));
	REFUSED(ptrace(PTRACE_SETOPTIONS, child, 0, 1 << 30), EINVAL);
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, 0) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP), EPERM);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
