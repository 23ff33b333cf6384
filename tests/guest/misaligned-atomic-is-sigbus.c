/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * misaligned-atomic-is-sigbus - riscv64's load-reserved on an address that
 * is not a multiple of its size.
 */
#include "guest.h"

#ifdef __riscv
static uint64_t words[2];

int main(void)
{
	__asm__ volatile("lr.d t0, (%0)" : : "r"((char *)words + 1) : "t0", "memory");
	return 0;
}
#else
int main(void)
{
	return 0;
}
#endif
