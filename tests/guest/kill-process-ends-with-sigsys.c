/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-process-ends-with-sigsys - RET_KILL_PROCESS ends the process as by SIGSYS, and the
 * audit line has Linux's exact form.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	getppid();
	return 1;
}
