/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * division-by-zero-is-no-fault - riscv64 defines the quotient and the remainder; nothing traps.
 */
#include "guest.h"

#ifdef __riscv
int main(void)
{
	long quotient, rest;

	__asm__ volatile("div %0, %2, zero\n rem %1, %2, zero" : "=&r"(quotient), "=&r"(rest) : "r"(7L));
	CHECK(quotient == -1 && rest == 7);
	return 0;
}
#else
int main(void)
{
	return 0;
}
#endif
