/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-without-right-is-eacces - neither no_new_privs nor CAP_SYS_ADMIN:
 * EACCES, and nothing is installed.
 */
#include "guest.h"

int main(void)
{
	drop_privileges();
	REFUSED(INSTALL(0, ALLOW), EACCES);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)), EACCES);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	CHECK(getppid() >= 0);
	return 0;
}
