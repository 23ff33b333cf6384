/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-without-handler-ends-with-sigsys - RET_TRAP with SIGSYS's default disposition ends the
 * process; without FLAG_LOG nothing is logged.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	getppid();
	return 1;
}
