/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * breakpoint-is-sigtrap - a breakpoint instruction without a debugger.
 */
#include "guest.h"

int main(void)
{
	__asm__ volatile(BREAKPOINT);
	return 0;
}
