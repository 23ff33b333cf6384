/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-ignored-is-forgotten-and-survives-execve - ignoring a signal drops what is pending of it;
 * execve makes handlers default, and leaves ignored signals, the mask and what is pending.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

int main(int argc, char **argv)
{
	struct sigaction old;
	sigset_t set;

	if (argc > 1) {
		CHECK(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
		CHECK(sigaction(SIGUSR2, NULL, &old) == 0 && old.sa_handler == SIG_IGN);
		CHECK(sigprocmask(SIG_BLOCK, NULL, &set) == 0 && sigismember(&set, SIGTERM));
		CHECK(sigpending(&set) == 0 && sigismember(&set, SIGTERM));
		return 0;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigaddset(&set, SIGTERM);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	raise(SIGUSR2);
	raise(SIGTERM);
	signal(SIGUSR2, SIG_IGN);
	CHECK(sigpending(&set) == 0 && !sigismember(&set, SIGUSR2) && sigismember(&set, SIGTERM));
	signal(SIGUSR1, caught);
	execv("/proc/self/exe", (char *[]){ argv[0], "again", NULL });
	execv(argv[0], (char *[]){ argv[0], "again", NULL });
	return 2;
}
