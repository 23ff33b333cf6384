/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers-survive-a-refused-call - a denied call changes the result register and nothing else that the machine promises to keep.
 */
#include "guest.h"

#include "registers.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(77))) == 0);
	CHECK(full_register_call(SYS_getppid) == -77);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 4), LOAD(ARG_LOW(5)), SKIP_UNLESS(1, 1), ALLOW,
		      RETURN(ERRNO(78)), ALLOW) == 0);
	CHECK(full_register_call(SYS_getppid) != -77);
	return 0;
}
