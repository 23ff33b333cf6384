/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * code-cannot-be-written - the program's own instructions are read-only.
 */
#include "guest.h"

int main(void)
{
	volatile uint16_t *const code = (volatile uint16_t *)(uintptr_t)main;

	*code = 0;
	return 0;
}
