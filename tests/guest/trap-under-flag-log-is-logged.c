/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-under-flag-log-is-logged - the record of a logged RET_TRAP says sig=0 too.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

int main(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, SECCOMP_RET_TRAP | 9)) == 0);
	raw0(SYS_getppid);
	return 0;
}
