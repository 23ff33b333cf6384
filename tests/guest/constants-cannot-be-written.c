/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants-cannot-be-written - read-only data is read-only.
 */
#include "guest.h"

static const char constant[] = "constant";

int main(void)
{
	char *volatile const text = (char *)(uintptr_t)constant;

	*text = 'C';
	return 0;
}
