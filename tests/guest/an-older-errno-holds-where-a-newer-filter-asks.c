/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * an-older-errno-holds-where-a-newer-filter-asks - where an older filter always refuses a call, a
 * newer one that looks at its arguments may change the errno and nothing else.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(7, 1), RETURN(ERRNO(6)),
		      ALLOW) == 0);
	CHECK(raw1(SYS_getppid, 7) == -6);
	CHECK(raw1(SYS_getppid, 8) == -5);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(1)), SKIP_UNLESS(1, 1), RETURN(ERRNO(9)),
		      ALLOW) == 0);
	CHECK(raw(SYS_getppid, 7, 1, 0, 0, 0, 0) == -9);
	CHECK(raw(SYS_getppid, 7, 0, 0, 0, 0, 0) == -6);
	CHECK(raw(SYS_getppid, 8, 0, 0, 0, 0, 0) == -5);
	return 0;
}
