/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-exit-group - exit is allowed, exit_group is not: returning from main is fatal.
 */
#include "guest.h"

int main(void)
{
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	raw1(SYS_exit_group, 0);
	return 0;
}
