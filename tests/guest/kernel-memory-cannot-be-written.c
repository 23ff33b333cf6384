/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kernel-memory-cannot-be-written - a store into the kernel's half is SIGSEGV.
 */
#include "guest.h"

int main(void)
{
	*(volatile int *)KERNEL_ADDRESS = 1;
	return 0;
}
