/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-decides-before-arguments-are-looked-at - a denied call does not touch its pointers: bad
 * ones give the filter's error, not EFAULT.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_write, ERRNO(EPERM))) == 0);
	CHECK(raw(SYS_write, -1, KERNEL_ADDRESS, 1, 0, 0, 0) == -EPERM);
	return 0;
}
