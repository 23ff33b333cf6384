/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-self-needs-privilege - no_new_privs alone does not give the right to a SELF filter, which
 * cannot be for all threads, either.
 */
#include "guest.h"

int main(void)
{
	REFUSED(INSTALL(FLAG_PRIVATE_SELF | SECCOMP_FILTER_FLAG_TSYNC, ALLOW), EINVAL);
	drop_privileges();
	set_no_new_privs();
	REFUSED(INSTALL(FLAG_PRIVATE_SELF, ALLOW), EACCES);
	CHECK(INSTALL(0, ALLOW) == 0);
	return 0;
}
