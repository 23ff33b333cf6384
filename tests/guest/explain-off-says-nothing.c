/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-off-says-nothing - without --explain a denial is silent, and so is a refused filter.
 */
#include "guest.h"

int main(void)
{
	REFUSED(INSTALL(0, LOAD(64), ALLOW), EINVAL);
	CHECK(INSTALL(0, ON(SYS_write, ERRNO(13))) == 0);
	REFUSED(write(1, "hello\n", 6), EACCES);
	return 0;
}
