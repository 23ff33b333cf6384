/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kernel-memory-cannot-be-executed - a jump into the kernel's half is SIGSEGV.
 */
#include "guest.h"

int main(void)
{
	((void (*)(void))KERNEL_ADDRESS)();
	return 0;
}
