/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nr-wide-of-a-killed-call-kills - bits above the number do not get a
 * call past a filter that kills it.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0((0x7fffffffL << 32) | SYS_getppid);
	return 1;
}
