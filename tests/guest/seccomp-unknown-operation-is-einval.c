/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seccomp-unknown-operation-is-einval - an operation above 3 is EINVAL, whatever
 * the other arguments (1st check).
 */
#include "guest.h"

int main(void)
{
	REFUSED(seccomp(4, 0, NULL), EINVAL);
	REFUSED(seccomp(0xffffffff, 0, NULL), EINVAL);
	REFUSED(seccomp(4, 0xffffffff, (void *)KERNEL_ADDRESS), EINVAL);
	return 0;
}
