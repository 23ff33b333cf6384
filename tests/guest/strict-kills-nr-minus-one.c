/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-nr-minus-one - a number that is no call is fatal in strict mode.
 */
#include "guest.h"

int main(void)
{
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	raw0(-1);
	raw1(SYS_exit, 1);
	return 1;
}
