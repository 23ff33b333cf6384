/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-sees-the-architecture - seccomp_data.arch is the machine's
 * AUDIT_ARCH, and LD LEN gives 64.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(4), SKIP_UNLESS(NATIVE_ARCH, 1), RETURN(ERRNO(31)),
		      ALLOW) == 0);
	CHECK(raw0(SYS_getppid) == -31);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
		      SKIP_UNLESS(64, 1), RETURN(ERRNO(32)), ALLOW) == 0);
	CHECK(raw0(SYS_getppid) == -32);
	return 0;
}
