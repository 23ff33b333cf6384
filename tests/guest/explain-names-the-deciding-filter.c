/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-names-the-deciding-filter - with --explain every verdict but ALLOW is one line: the call,
 * its arguments, the filter, every filter's answer.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_write, ERRNO(13))) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(write(1, "hello\n", 6), EACCES);
	return 0;
}
