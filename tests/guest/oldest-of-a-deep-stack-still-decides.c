/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * oldest-of-a-deep-stack-still-decides - sixteen newer filters that allow do not
 * outweigh the oldest, which kills.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	for (int i = 0; i < 16; i++)
		CHECK(INSTALL(0, ALLOW) == 0);
	getppid();
	return 1;
}
