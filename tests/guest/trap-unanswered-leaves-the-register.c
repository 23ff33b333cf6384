/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-unanswered-leaves-the-register - a handler that changes nothing: the call "returns" what its
 * result register held on the way in.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

int main(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	CHECK(raw1(SYS_getppid, 0x1234) == TRAP_RESULT(SYS_getppid, 0x1234));
	return 0;
}
