/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl-set-seccomp-modes - PR_SET_SECCOMP knows modes 1 and 2 only; with 2 it installs, and what
 * follows the program is ignored.
 */
#include "guest.h"

int main(void)
{
	struct sock_filter filter[] = { ON(SYS_getppid, ERRNO(77)) };
	const struct sock_fprog program = { 4, filter };

	REFUSED(prctl(PR_SET_SECCOMP, 0, NULL), EINVAL);
	REFUSED(prctl(PR_SET_SECCOMP, 3, NULL), EINVAL);
	REFUSED(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL), EFAULT);
	set_no_new_privs();
	CHECK(prctl(PR_GET_SECCOMP, 1, 2, 3, 4) == 0);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 5, 6) == 0);
	CHECK(prctl(PR_GET_SECCOMP) == 2);
	CHECK(raw0(SYS_getppid) == -77);
	return 0;
}
