/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kernel-memory-cannot-be-read - a load from the kernel's half of the address space is SIGSEGV.
 */
#include "guest.h"

int main(void)
{
	return *(volatile int *)KERNEL_ADDRESS & 0;
}
