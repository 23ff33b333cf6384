/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack-overflow-is-sigsegv - endless recursion runs into the end of the stack and no further.
 */
#include "guest.h"

static volatile int endless = 1;

static int deeper(volatile int *above)
{
	volatile int here[256];

	here[0] = *above + 1;
	return endless ? deeper(here) + here[0] : 0;
}

int main(void)
{
	volatile int first = 0;

	return deeper(&first) != 0;
}
