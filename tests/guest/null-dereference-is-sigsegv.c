/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * null-dereference-is-sigsegv - nothing is mapped at address 0.
 */
#include "guest.h"

static int *volatile nowhere;

int main(void)
{
	*nowhere = 1;
	return 0;
}
