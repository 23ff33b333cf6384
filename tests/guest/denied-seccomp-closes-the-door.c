/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denied-seccomp-closes-the-door - a filter may deny seccomp(2) and prctl(2) themselves.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_seccomp, ERRNO(EPERM))) == 0);
	REFUSED(INSTALL(0, ALLOW), EPERM);
	struct sock_filter filter[] = { ON(SYS_prctl, ERRNO(EACCES)) };
	const struct sock_fprog program = { 4, filter };
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
	REFUSED(prctl(PR_GET_SECCOMP), EACCES);
	return 0;
}
