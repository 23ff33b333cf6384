/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * brk-cannot-take-everything - an absurd break is refused with ENOMEM and nothing moves.
 */
#include "guest.h"

int main(void)
{
	char *const start = sbrk(0);

	REFUSED(brk((void *)KERNEL_ADDRESS), ENOMEM);
	REFUSED(brk(start + (1L << 45)), ENOMEM);
	CHECK(sbrk(0) == start);
	return 0;
}
