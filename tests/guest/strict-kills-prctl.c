/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-prctl - there is no asking which mode one is in.
 */
#include "guest.h"

int main(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	prctl(PR_GET_SECCOMP);
	raw1(SYS_exit, 1);
	return 1;
}
