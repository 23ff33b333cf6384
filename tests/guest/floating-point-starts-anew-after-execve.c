/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * floating-point-starts-anew-after-execve - a program that is started by one that used floating
 * point finds its own registers zero, and keeps what it puts there while others run.
 */
#include "guest.h"

static volatile double zero;

static double turn_around(double x)
{
	for (int i = 0; i < 50; i++) {
		x = x * 3 + zero - x * 2;
		sched_yield();
	}
	return x;
}

int main(int argc, char **argv)
{
	char *const other[] = { argv[0], "again", NULL };
	volatile double x = 1.5;
	int status;
	pid_t child;

	(void)argc;
	if (argv[1] == NULL) {
		CHECK(turn_around(x) == 1.5);
		execv("/proc/self/exe", other);
		return 1;
	}
	child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(turn_around(x + 1) == 2.5 ? 0 : 1);
	CHECK(turn_around(x) == 1.5);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	return 0;
}
