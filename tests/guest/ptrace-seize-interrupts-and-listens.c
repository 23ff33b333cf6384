/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-seize-interrupts-and-listens - PTRACE_SEIZE stops nothing; PTRACE_INTERRUPT does, without
 * a signal; a group stop shows as PTRACE_EVENT_STOP with its signal, PTRACE_LISTEN leaves it
 * stopped until SIGCONT; PTRACE_DETACH lets it go.
 */
#include "tracing.h"

static pid_t victim(void)
{
	const pid_t child = fork();

	if (child == 0) {
		for (;;)
			pause();
	}
	return child;
}

int main(void)
{
	const pid_t child = victim();
	siginfo_t info;
	int status;

	REFUSED(ptrace(PTRACE_SEIZE, child, 1, 0), EIO);
	REFUSED(ptrace(PTRACE_SEIZE, child, 0, 1 << 30), EIO);
	REFUSED(ptrace(PTRACE_INTERRUPT, child, 0, 0), ESRCH);
	REFUSED(ptrace(PTRACE_SEIZE, getpid(), 0, 0), EPERM);
	CHECK(ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD) == 0);
	REFUSED(ptrace(PTRACE_SEIZE, child, 0, 0), EPERM);
	sleep_ms(20);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL) == child);
	CHECK(IS_EVENT(status, PTRACE_EVENT_STOP));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0);
	CHECK(info.si_signo == SIGTRAP && info.si_code == (SIGTRAP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);

	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP));
	status = go_on(child, PTRACE_CONT, SIGSTOP);
	CHECK(IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	REFUSED(ptrace(PTRACE_CONT, child, 0, 0), ESRCH);
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, __WALL) == child);
	CHECK(IS_EVENT(status, PTRACE_EVENT_STOP));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGCONT));
	CHECK(ptrace(PTRACE_DETACH, child, 0, SIGTERM) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGTERM));
	return 0;
}
