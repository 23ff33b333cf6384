/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tie-goes-to-the-newest-filter - of two RET_ERRNOs the most recently installed one
 * gives the number, small or large.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(2))) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(1))) == 0);
	CHECK(raw0(SYS_getppid) == -1);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(3))) == 0);
	CHECK(raw0(SYS_getppid) == -3);
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(raw0(SYS_getppid) == -3);
	return 0;
}
