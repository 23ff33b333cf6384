/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-unknown-flag-is-einval-before-the-pointer - a flag that does not exist is EINVAL even with
 * an unreadable program: that is how flags are probed.
 */
#include "guest.h"

int main(void)
{
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0x80, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 1U << 30, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 1U << 31, (void *)KERNEL_ADDRESS), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0xffffffff, NULL), EINVAL);
	return 0;
}
