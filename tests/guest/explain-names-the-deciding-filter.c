/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-names-the-deciding-filter - with --explain every verdict but ALLOW is one line: the call,
 * its arguments, the filter, every filter's answer. So it is where an argument decides.
 */
#include "computed.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_write, ERRNO(13))) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(write(1, "hello\n", 6), EACCES);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(7, 1), RETURN(ERRNO(5)),
		      ALLOW) == 0);
	CHECK(raw1(SYS_getppid, 6) > 0);
	CHECK(raw1(SYS_getppid, 7) == -5);
	/* One that no code is made of: what it allows is no line, either. */
	CHECK(INSTALL(0, ON_COMPUTED(SYS_getuid, 7, ERRNO(6))) == 0);
	CHECK(raw(SYS_getuid, 2, 2, 3, 2, 0, 0) >= 0);
	CHECK(raw(SYS_getuid, 2, 2, 3, 1, 0, 0) == -6);
	return 0;
}
