/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-floating-point-survives-a-handler - a handler computes in all floating-point registers,
 * and what it interrupted does not notice.
 */
#include "guest.h"

static volatile double sink;

static void caught(int number)
{
	double a = number, b = 1.5, c = 2.5, d = 3.5;

	for (int i = 0; i < 50; i++) {
		a = a * b + c;
		b = b * 0.5 + d;
		c = c - a;
		d = d / 1.25;
	}
	sink = a + b + c + d;
}

static double series(int disturbed)
{
	double a = 1, b = 2, c = 3, d = 4;

	for (int i = 1; i < 200; i++) {
		a += 1.0 / i;
		b += a / (i + 1);
		c += b / (i + 2);
		d += c / (i + 3);
		if (disturbed)
			raw(SYS_tgkill, raw0(SYS_getpid), raw0(SYS_gettid), SIGUSR1, 0, 0, 0);
	}
	return a + b + c + d;
}

int main(void)
{
	signal(SIGUSR1, caught);
	CHECK(series(1) == series(0));
	return 0;
}
