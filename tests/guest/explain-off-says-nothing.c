/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-off-says-nothing - without --explain a denial is silent.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_write, ERRNO(13))) == 0);
	REFUSED(write(1, "hello\n", 6), EACCES);
	return 0;
}
