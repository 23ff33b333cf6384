/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-signals-pass-the-tracer - every signal stops the tracee first, even an ignored one; the
 * tracer sees and changes its info, drops it, or puts another in its place; SIGKILL asks nobody.
 */
#include "tracing.h"

static volatile int got, code, value;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)context;
	got = number;
	code = info->si_code;
	value = info->si_value.sival_int;
}

static void body(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
	signal(SIGTERM, SIG_IGN);
	raise(SIGUSR1);
	CHECK(got == 0); /* dropped */
	raise(SIGUSR1);
	CHECK(got == SIGUSR1 && code == SI_QUEUE && value == 77); /* with another info */
	raise(SIGUSR1);
	CHECK(got == SIGUSR2 && code == SI_USER); /* another signal */
	raise(SIGTERM);
	for (;;)
		pause();
}

int main(void)
{
	const pid_t child = traced(body, 0);
	siginfo_t info;
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGUSR1));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0);
	CHECK(info.si_signo == SIGUSR1 && info.si_code == SI_TKILL && info.si_pid == child);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGUSR1));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0);
	info.si_code = SI_QUEUE;
	info.si_value.sival_int = 77;
	CHECK(ptrace(PTRACE_SETSIGINFO, child, 0, &info) == 0);
	status = go_on(child, PTRACE_CONT, SIGUSR1);
	CHECK(IS_STOP(status, SIGUSR1));
	REFUSED(ptrace(PTRACE_CONT, child, 0, 65), EIO);
	status = go_on(child, PTRACE_CONT, SIGUSR2);
	CHECK(IS_STOP(status, SIGTERM));
	CHECK(ptrace(PTRACE_CONT, child, 0, SIGTERM) == 0);
	REFUSED(ptrace(PTRACE_CONT, child, 0, 0), ESRCH); /* it runs */
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGKILL));
	return 0;
}
