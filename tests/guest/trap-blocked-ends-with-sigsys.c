/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-blocked-ends-with-sigsys - RET_TRAP with SIGSYS blocked: the handler
 * does not run, the process dies.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
	_exit(3);
}

int main(void)
{
	sigset_t set;

	signal(SIGSYS, caught);
	sigemptyset(&set);
	sigaddset(&set, SIGSYS);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	getppid();
	return 1;
}
