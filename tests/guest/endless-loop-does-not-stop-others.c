/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * endless-loop-does-not-stop-others - a child that never calls the kernel
 * is preempted, and can be killed.
 */
#include "guest.h"

int main(void)
{
	int status;
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			compute();
	for (int i = 0; i < 5; i++)
		sleep_ms(10);
	CHECK(waitpid(child, &status, WNOHANG) == 0);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGKILL));
	return 0;
}
