/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seccomp-ignores-upper-register-halves - op and flags are 32 bits: what
 * stands above them is not looked at.
 */
#include "guest.h"

int main(void)
{
	const uint32_t action = SECCOMP_RET_ALLOW;

	CHECK(raw(SYS_seccomp, (7L << 32) | SECCOMP_GET_ACTION_AVAIL, 9L << 32, (long)&action, 0, 0, 0) == 0);
	CHECK(raw(SYS_seccomp, 1L << 32 | 4, 0, 0, 0, 0, 0) == -EINVAL);
	return 0;
}
