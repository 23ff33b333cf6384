/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers-survive-preemption - two processes that never call the kernel keep their registers
 * while the timer switches between them.
 */
#include "guest.h"

#include "registers.h"

/* Sums in registers; any of them lost or mixed up changes the result. */
static unsigned long churn(unsigned long seed, long rounds)
{
	unsigned long a = seed, b = ~seed, c = seed * 3, d = seed ^ 0x55, e = seed + 99, f = seed << 7;

	for (long i = 0; i < rounds; i++) {
		a += b ^ (c >> 3);
		b += c ^ (d << 5);
		c += d ^ (e >> 7);
		d += e ^ (f << 9);
		e += f ^ (a >> 11);
		f += a ^ (b << 13);
	}
	return a ^ b ^ c ^ d ^ e ^ f;
}

int main(void)
{
	const unsigned long wanted = churn(1, 3000000), other = churn(2, 3000000);
	int status;
	const pid_t child = fork();

	CHECK(child >= 0);
	const unsigned long got = churn(child ? 1 : 2, 3000000);
	if (child == 0)
		_exit(got == other ? 0 : 1);
	CHECK(got == wanted);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	CHECK(full_register_call(SYS_getppid) > 0);
	return 0;
}
