/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * illegal-instruction-is-sigill - an encoding that is no instruction.
 */
#include "guest.h"

int main(void)
{
	__asm__ volatile(UNDEFINED_INSTRUCTION);
	return 0;
}
