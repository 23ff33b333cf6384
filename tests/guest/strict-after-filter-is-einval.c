/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-after-filter-is-einval - a process in filter mode cannot go to
 * strict mode, by either road.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL), EINVAL);
	REFUSED(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT), EINVAL);
	CHECK(prctl(PR_GET_SECCOMP) == 2);
	return 0;
}
