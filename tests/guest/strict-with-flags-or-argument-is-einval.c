/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-with-flags-or-argument-is-einval - SECCOMP_SET_MODE_STRICT takes
 * neither flags nor an argument.
 */
#include "guest.h"

int main(void)
{
	REFUSED(seccomp(SECCOMP_SET_MODE_STRICT, 1, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_STRICT, 0, "x"), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_STRICT, 0, (void *)KERNEL_ADDRESS), EINVAL);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	return 0;
}
