/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-standard-ones-coalesce-others-queue - a blocked standard signal is remembered once, a
 * real-time one as often as it was sent, in order and with its value; lower numbers come first.
 */
#include "guest.h"

static volatile int count[65], values[8], seen, order[16];

static void caught(int number, siginfo_t *info, void *context)
{
	(void)context;
	count[number]++;
	order[seen++] = number;
	if (number == 40)
		values[count[40] - 1] = info->si_value.sival_int;
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
	sigset_t set, old, pending;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, 40);
	sigaddset(&set, 39);
	CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sigaction(39, &action, NULL) == 0);
	CHECK(sigaction(40, &action, NULL) == 0);
	for (int i = 0; i < 3; i++) {
		CHECK(kill(getpid(), SIGUSR1) == 0);
		CHECK(sigqueue(getpid(), 40, (union sigval){ .sival_int = 7 + i }) == 0);
	}
	CHECK(sigqueue(getpid(), 39, (union sigval){ .sival_int = 1 }) == 0);
	CHECK(sigpending(&pending) == 0);
	CHECK(sigismember(&pending, SIGUSR1) && sigismember(&pending, 40) && !sigismember(&pending, SIGUSR2));
	CHECK(seen == 0);
	CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0);
	CHECK(count[SIGUSR1] == 1 && count[39] == 1 && count[40] == 3);
	CHECK(values[0] == 7 && values[1] == 8 && values[2] == 9);
	/* Handlers nest: the frame of the last one to be taken is run first. */
	CHECK(order[4] == SIGUSR1);
	return 0;
}
