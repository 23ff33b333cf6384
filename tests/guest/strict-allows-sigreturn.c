/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-allows-sigreturn - a signal handler can run and return in strict mode.
 */
#include "guest.h"

static volatile int hits;

static void caught(int number)
{
	(void)number;
	hits++;
}

int main(void)
{
	int fds[2], status;
	char byte;

	signal(SIGUSR1, caught);
	CHECK(pipe2(fds, 0) == 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL);
		raw(SYS_write, fds[1], (long)"x", 1, 0, 0, 0);
		while (!hits)
			;
		raw1(SYS_exit, 4);
	}
	CHECK(read(fds[0], &byte, 1) == 1);
	CHECK(kill(child, SIGUSR1) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(exited_with(status, 4));
	return 0;
}
