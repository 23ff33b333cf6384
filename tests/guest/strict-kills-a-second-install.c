/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-a-second-install - no filter can be added to strict mode.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	INSTALL(0, ALLOW);
	raw1(SYS_exit, 1);
	return 1;
}
