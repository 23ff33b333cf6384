/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers-survive-a-refused-call - a denied call, be the answer constant or found by looking at
 * an argument, changes the result register only.
 */
#include "guest.h"

#include "registers.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(77))) == 0);
	CHECK(full_register_call(SYS_getppid) == -77);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(5)), SKIP_UNLESS(FULL_ARG5, 1),
		      RETURN(ERRNO(78)), ALLOW) == 0);
	CHECK(full_register_call(SYS_getppid) == -78);
	return 0;
}
