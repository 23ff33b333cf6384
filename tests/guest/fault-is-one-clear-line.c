/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault-is-one-clear-line - a program that dies of a fault leaves a line with the signal, the
 * cause, the address and the place.
 */
#include "guest.h"

int main(void)
{
	*(volatile int *)0x123456789 = 1;
	return 0;
}
