/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-tsync-esrch-alone-is-accepted - TSYNC_ESRCH without TSYNC changes nothing, and TSYNC in a
 * process of one thread is an ordinary install.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC_ESRCH, ALLOW) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_SPEC_ALLOW, ALLOW) == 0);
	CHECK(prctl(PR_GET_SECCOMP) == 2);
	return 0;
}
