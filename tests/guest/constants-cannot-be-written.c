/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants-cannot-be-written - read-only data is read-only.
 */
#include "guest.h"

static const int constant = 5;

int main(void)
{
	int *volatile const address = (int *)(uintptr_t)&constant;

	*address = 6;
	return 0;
}
