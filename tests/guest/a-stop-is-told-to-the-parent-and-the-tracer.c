/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-stop-is-told-to-the-parent-and-the-tracer - a process that another one than its parent traces
 * stops and goes on: the parent is told of both, by SIGCHLD and by wait, once its tracer lets it
 * stop; the tracer gets SIGCHLD of both, too.
 */
#include "tracing.h"

static pid_t child;
static int ready[2], told[2]; /* pipes: the tracer has seized the child; what SIGCHLD said to it */

static void tell(int number, siginfo_t *info, void *unused)
{
	const char code = (char)info->si_code;

	(void)number;
	(void)unused;
	if (info->si_pid == child && (info->si_code == CLD_STOPPED || info->si_code == CLD_CONTINUED))
		CHECK(write(told[1], &code, 1) == 1);
}

static void trace(void)
{
	const struct sigaction action = { .sa_sigaction = tell, .sa_flags = SA_SIGINFO | SA_RESTART };
	int status;

	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	CHECK(ptrace(PTRACE_SEIZE, child, 0, 0) == 0);
	CHECK(write(ready[1], "", 1) == 1);
	for (;;) {
		CHECK(waitpid(child, &status, __WALL) == child);
		if (!WIFSTOPPED(status))
			return;
		if (IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8))
			CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
		else if (ptrace(PTRACE_CONT, child, 0, IS_EVENT(status, PTRACE_EVENT_STOP) ? 0 : WSTOPSIG(status)) != 0)
			CHECK(errno == ESRCH); /* its parent has killed it meanwhile */
	}
}

static void is_told(const sigset_t *set, int code, int status)
{
	const struct timespec limit = { 20, 0 };
	siginfo_t info;
	char said = 0;

	CHECK(sigtimedwait(set, &info, &limit) == SIGCHLD);
	CHECK(info.si_pid == child && info.si_code == code && info.si_status == status);
	CHECK(read(told[0], &said, 1) == 1 && said == code);
}

static void sleeps(void)
{
	for (;;)
		pause();
}

int main(void)
{
	pid_t tracer;
	sigset_t set;
	int status;
	char byte;

	alarm(60);
	child = child_of(sleeps);
	CHECK(pipe(ready) == 0 && pipe(told) == 0);
	tracer = child_of(trace);
	CHECK(read(ready[0], &byte, 1) == 1);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);

	CHECK(kill(child, SIGSTOP) == 0);
	is_told(&set, CLD_STOPPED, SIGSTOP);
	CHECK(waitpid(child, &status, WUNTRACED) == child && IS_STOP(status, SIGSTOP));
	CHECK(kill(child, SIGCONT) == 0);
	is_told(&set, CLD_CONTINUED, SIGCONT);
	CHECK(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(exited_with(end_of(tracer), 0) && killed_by(end_of(child), SIGKILL));
	return 0;
}
