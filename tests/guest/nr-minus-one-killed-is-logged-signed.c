/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nr-minus-one-killed-is-logged-signed - the audit record shows the number as a signed integer.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(0xffffffff, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0(-1);
	return 1;
}
