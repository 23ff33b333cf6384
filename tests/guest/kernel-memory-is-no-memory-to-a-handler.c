/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kernel-memory-is-no-memory-to-a-handler - a fault on a kernel address is reported with that
 * address, wherever in the upper half it lies.
 */
#include "guest.h"

#include <setjmp.h>

static sigjmp_buf back;
static volatile unsigned long address;
static volatile int faults;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	address = (unsigned long)info->si_addr;
	faults++;
	siglongjmp(back, 1);
}

int main(void)
{
	/* Canonical on both machines: x86-64 has no address for the others. */
	static volatile unsigned long places[] = { 0xffffffff80200000UL, 0xffffffffc0000000UL, 0xfffffffffffff000UL };
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
	volatile int sum = 0;

	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	for (volatile int i = 0; i < 3; i++) {
		if (sigsetjmp(back, 1) == 0)
			sum += *(volatile int *)places[i];
		CHECK(faults == i + 1);
		CHECK(address == places[i]);
	}
	return 0;
}
