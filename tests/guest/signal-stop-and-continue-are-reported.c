/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-stop-and-continue-are-reported - wait4 and waitid tell of a child's stop and
 * continuation, once each and only if asked; SIGCHLD comes for both, not with
 * SA_NOCLDSTOP; SIGKILL ends a stopped child.
 */
#include "guest.h"

static volatile int chlds, codes[8];

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	codes[chlds++ & 7] = info->si_code;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_RESTART };
	siginfo_t info;
	int status;
	pid_t child;

	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	child = fork();
	if (child == 0) {
		for (;;)
			pause();
	}
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(waitpid(child, &status, WUNTRACED | WNOHANG) == 0);
	CHECK(kill(child, SIGTERM) == 0); /* waits */
	CHECK(waitpid(child, &status, WUNTRACED | WNOHANG) == 0);
	CHECK(chlds == 1 && codes[0] == CLD_STOPPED);
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGTERM));

	child = fork();
	if (child == 0) {
		for (;;)
			pause();
	}
	CHECK(kill(child, SIGTSTP) == 0 || 1);
	CHECK(kill(child, SIGSTOP) == 0);
	memset(&info, 0, sizeof(info));
	CHECK(waitid(P_PID, child, &info, WSTOPPED | WNOWAIT) == 0);
	CHECK(info.si_code == CLD_STOPPED && info.si_pid == child);
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(kill(child, SIGCONT) == 0);
	memset(&info, 0, sizeof(info));
	CHECK(waitid(P_PID, child, &info, WCONTINUED) == 0);
	CHECK(info.si_code == CLD_CONTINUED && info.si_status == SIGCONT && info.si_pid == child);
	CHECK(waitpid(child, &status, WCONTINUED | WNOHANG) == 0);

	action.sa_flags |= SA_NOCLDSTOP;
	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	chlds = 0;
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(chlds == 0);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGKILL));
	CHECK(chlds == 1);
	return 0;
}
