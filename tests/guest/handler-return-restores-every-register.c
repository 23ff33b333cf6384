/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * handler-return-restores-every-register - a signal that arrives in the middle of a
 * computation leaves no trace in it.
 */
#include "guest.h"

static volatile int hits;

static void caught(int number)
{
	volatile double scratch = number;

	for (int i = 0; i < 100; i++)
		scratch = scratch * 1.5 + i;
	hits++;
}

__attribute__((noinline)) static unsigned long churn(int rounds)
{
	unsigned long a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
	double x = 1, y = 2;

	for (int i = 0; i < rounds; i++) {
		a += b ^ (c >> 3);
		b += c ^ (d << 5);
		c += d ^ (e >> 7);
		d += e ^ (f << 9);
		e += f ^ (a >> 11);
		f += a ^ (b << 13);
		x = x * 0.5 + y * 0.25;
		y = y * 0.5 + x * 0.25 + 1;
	}
	return (a ^ b ^ c ^ d ^ e ^ f) + (unsigned long)(x * 1000) + (unsigned long)(y * 1000);
}

int main(void)
{
	const unsigned long wanted = churn(3000000);
	const pid_t parent = getpid();

	signal(SIGUSR1, caught);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		for (;;) {
			kill(parent, SIGUSR1);
			sleep_ms(1);
		}
	}
	do {
		CHECK(churn(3000000) == wanted);
	} while (hits < 3);
	CHECK(kill(child, SIGKILL) == 0);
	while (waitpid(child, NULL, 0) != child)
		;
	return 0;
}
