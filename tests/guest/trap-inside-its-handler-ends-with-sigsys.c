/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-inside-its-handler-ends-with-sigsys - SIGSYS is blocked while its handler runs, so a
 * trapped call in there is fatal.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
	raw0(SYS_getppid);
	_exit(3);
}

int main(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	getppid();
	return 1;
}
