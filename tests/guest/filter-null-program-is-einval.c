/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-null-program-is-einval - with the right, a NULL program of good length is
 * EINVAL and an unreadable one EFAULT.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	REFUSED(install_filter(0, NULL, 1), EINVAL);
	REFUSED(install_filter(0, (void *)8, 1), EFAULT);
	REFUSED(install_filter(0, (void *)KERNEL_ADDRESS, 4096), EFAULT);
	return 0;
}
