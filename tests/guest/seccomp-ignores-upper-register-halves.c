/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seccomp-ignores-upper-register-halves - op and flags are 32 bits: what
 * stands above them is not looked at.
 */
#include "guest.h"

static void go_strict(void)
{
	CHECK(raw(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 9L << 32, 0, 0, 0, 0) == 0);
	raw0(SYS_getppid);
}

int main(void)
{
	const uint32_t action = SECCOMP_RET_ALLOW;

	CHECK(raw(SYS_seccomp, (7L << 32) | SECCOMP_GET_ACTION_AVAIL, 9L << 32, (long)&action, 0, 0, 0) == 0);
	CHECK(raw(SYS_seccomp, 1L << 32 | 4, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(killed_by(status_of(go_strict), SIGKILL));
	return 0;
}
