/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-ignored-ends-with-sigsys - RET_TRAP with SIGSYS ignored: the signal is forced, the
 * disposition reset, the process dies.
 */
#include "guest.h"

int main(void)
{
	signal(SIGSYS, SIG_IGN);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	getppid();
	return 1;
}
