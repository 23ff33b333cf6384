/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-unreadable-fprog-is-efault-before-privilege - with no right to install, an unreadable
 * struct sock_fprog is EFAULT, not EACCES.
 */
#include "guest.h"

int main(void)
{
	drop_privileges();
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, NULL), EFAULT);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, (void *)16), EFAULT);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, 0, (void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL), EFAULT);
	return 0;
}
