/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno-is-capped-at-4095 - larger data cannot become a result that looks like success.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(4095))) == 0);
	CHECK(raw0(SYS_getppid) == -4095);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(4096))) == 0);
	CHECK(raw0(SYS_getppid) == -4095);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(65535))) == 0);
	CHECK(raw0(SYS_getppid) == -4095);
	return 0;
}
