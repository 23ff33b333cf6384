/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-begins-a-line - what the kernel says begins a line, also where a program stopped in the
 * middle of one, and where the name of a thread ends in a half line.
 */
#include "guest.h"

int main(void)
{
	CHECK(prctl(PR_SET_NAME, "a\n") == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(13))) == 0);
	CHECK(write(1, "abc", 3) == 3);
	REFUSED(getppid(), EACCES);
	CHECK(write(1, "def\n", 4) == 4);
	REFUSED(getppid(), EACCES);
	return 0;
}
