/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-needs-no-right - a process without privileges or no_new_privs may go to strict mode, with
 * prctl's other arguments ignored.
 */
#include "guest.h"

int main(void)
{
	drop_privileges();
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 1, 2, 3) == 0);
	raw1(SYS_exit, 5);
	return 1;
}
