/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-suspend-restores-the-mask - sigsuspend lets a blocked signal in for its own time: the
 * handler sees sigsuspend's mask, and after it the old one is back.
 */
#include "guest.h"

static volatile int runs;

static void caught(int number)
{
	sigset_t now;

	(void)number;
	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
	CHECK(sigismember(&now, SIGUSR1) && sigismember(&now, SIGUSR2) && !sigismember(&now, SIGTERM));
	runs++;
}

int main(void)
{
	const struct sigaction action = { .sa_handler = caught };
	sigset_t blocked, during, now;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigaddset(&blocked, SIGTERM);
	sigemptyset(&during);
	sigaddset(&during, SIGUSR2);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sigprocmask(SIG_SETMASK, &blocked, NULL) == 0);
	raise(SIGUSR1);
	CHECK(runs == 0);
	REFUSED(sigsuspend(&during), EINTR);
	CHECK(runs == 1);
	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
	CHECK(sigismember(&now, SIGUSR1) && sigismember(&now, SIGTERM) && !sigismember(&now, SIGUSR2));
	return 0;
}
