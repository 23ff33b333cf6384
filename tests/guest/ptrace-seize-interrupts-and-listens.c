/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-seize-interrupts-and-listens - PTRACE_SEIZE stops nothing; PTRACE_INTERRUPT does, without
 * a signal; a group stop shows as PTRACE_EVENT_STOP with its signal, PTRACE_LISTEN leaves it
 * stopped until SIGCONT; PTRACE_DETACH lets it go. Without PTRACE_LISTEN neither SIGCONT nor
 * PTRACE_INTERRUPT ends a stop: it shows when the tracer has it go on, or listen.
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

/* The child, which is seized, is in a group stop by SIGSTOP then. */
static void stop_group(pid_t child)
{
	int status;

	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_CONT, child, 0, SIGSTOP) == 0);
}

static void stops_last(void)
{
	const pid_t child = victim();
	siginfo_t info;
	int status;

	CHECK(ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_EXITKILL) == 0);
	stop_group(child);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(kill(child, SIGCONT) == 0);
	sleep_ms(20);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0);
	status = go_on(child, PTRACE_LISTEN, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_STOP));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGCONT));
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);

	CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_EVENT(status, PTRACE_EVENT_STOP));
	CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0);
	sleep_ms(20);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_STOP));
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	sleep_ms(20);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_EVENT(status, PTRACE_EVENT_STOP));
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);

	stop_group(child);
	CHECK(waitid(P_PID, (id_t)child, &info, WSTOPPED | WNOWAIT) == 0 && info.si_code == CLD_TRAPPED);
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
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
	stops_last();
	return 0;
}
