/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * floating-point-survives-switches - two processes with different floating-point registers,
 * switched by the timer and by calls, keep their own.
 */
#include "guest.h"

static double churn(double seed, int rounds)
{
	double a = seed, b = seed + 1, c = seed + 2, d = seed + 3;

	for (int i = 0; i < rounds; i++) {
		a = a * 0.5 + b * 0.25;
		b = b * 0.5 + c * 0.25;
		c = c * 0.5 + d * 0.25;
		d = d * 0.5 + a * 0.25 + seed;
		if (i % 4096 == 0)
			raw0(SYS_sched_yield);
	}
	return a + b + c + d;
}

int main(void)
{
	const double wanted = churn(1.5, 500000), other = churn(77.25, 500000);
	int status;
	const pid_t child = fork();

	CHECK(child >= 0);
	const double got = churn(child ? 1.5 : 77.25, 500000);
	if (child == 0)
		_exit(got == other ? 0 : 1);
	CHECK(got == wanted);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	return 0;
}
