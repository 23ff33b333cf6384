/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-suspends-mode-strict - whose mode strict is suspended by its tracer makes any call, and is
 * in mode strict all the same: it can get no filter, a child of its is killed at once, and so is it
 * when the tracer lets go.
 */
#include "tracing.h"

static void body(void)
{
	int status;
	pid_t child;

	raise(SIGSTOP);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	REFUSED(INSTALL(0, ALLOW), EINVAL);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW), EINVAL);
	CHECK(prctl(PR_GET_SECCOMP) == SECCOMP_MODE_STRICT);
	child = (pid_t)raw0(SYS_clone); /* which tells its tracer of no SIGCHLD */
	CHECK(child >= 0);
	if (child == 0) {
		raw0(SYS_getppid);
		raw1(SYS_exit, 0);
	}
	CHECK(waitpid(child, &status, __WALL) == child);
	CHECK(killed_by(status, SIGKILL));
	raise(SIGSTOP);
	raw0(SYS_getppid);
}

int main(void)
{
	const pid_t child = traced(body, 0);
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, 0) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(killed_by(status, SIGKILL));
	return 0;
}
