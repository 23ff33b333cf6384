/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notif-sizes-are-80-24-64 - GET_NOTIF_SIZES: three sizes; flags EINVAL before
 * an unwritable pointer's EFAULT.
 */
#include "guest.h"

int main(void)
{
	uint16_t sizes[3] = { 0, 0, 0 };

	CHECK(seccomp(SECCOMP_GET_NOTIF_SIZES, 0, sizes) == 0);
	CHECK(sizes[0] == 80 && sizes[1] == 24 && sizes[2] == 64);
	REFUSED(seccomp(SECCOMP_GET_NOTIF_SIZES, 1, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_GET_NOTIF_SIZES, 0, NULL), EFAULT);
	REFUSED(seccomp(SECCOMP_GET_NOTIF_SIZES, 0, (void *)KERNEL_ADDRESS), EFAULT);
	return 0;
}
