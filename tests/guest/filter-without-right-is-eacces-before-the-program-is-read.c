/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-without-right-is-eacces-before-the-program-is-read - without the right, a NULL or
 * unreadable program pointer and a bad program are EACCES.
 */
#include "guest.h"

int main(void)
{
	const struct sock_filter *const kernel = (void *)KERNEL_ADDRESS;

	drop_privileges();
	REFUSED(install_filter(0, NULL, 1), EACCES);
	REFUSED(install_filter(0, kernel, 1), EACCES);
	REFUSED(INSTALL(0, BPF_STMT(0xffff, 0)), EACCES);
	return 0;
}
