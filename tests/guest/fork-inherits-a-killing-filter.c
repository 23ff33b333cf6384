/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork-inherits-a-killing-filter - a child dies of its parent's filter, the parent lives.
 */
#include "guest.h"

static void call(void)
{
	getppid();
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	CHECK(killed_by(status_of(call), SIGSYS));
	return 0;
}
