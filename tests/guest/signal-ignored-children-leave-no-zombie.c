/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-ignored-children-leave-no-zombie - with SIGCHLD ignored, or SA_NOCLDWAIT,
 * children are never waited for: wait ends when all are gone, with ECHILD;
 * SA_NOCLDWAIT's handler runs all the same.
 */
#include "guest.h"

static volatile int runs;

static void caught(int number)
{
	(void)number;
	runs++;
}

static void three_children(void)
{
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			sleep_ms(10L * i);
			_exit(i);
		}
}

static long wait_for_any(void)
{
	long result;

	do
		result = raw(SYS_wait4, -1, 0, 0, 0, 0, 0);
	while (result == -EINTR);
	return result;
}

int main(void)
{
	const struct sigaction no_wait = { .sa_handler = caught, .sa_flags = SA_NOCLDWAIT };

	signal(SIGCHLD, SIG_IGN);
	three_children();
	CHECK(wait_for_any() == -ECHILD);
	CHECK(sigaction(SIGCHLD, &no_wait, NULL) == 0);
	three_children();
	CHECK(wait_for_any() == -ECHILD);
	CHECK(runs >= 1);
	return 0;
}
