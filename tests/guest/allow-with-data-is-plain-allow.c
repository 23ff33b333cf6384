/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * allow-with-data-is-plain-allow - RET_ALLOW's data bits mean nothing.
 */
#include "guest.h"

int main(void)
{
	const pid_t parent = getppid();

	CHECK(INSTALL(0, RETURN(SECCOMP_RET_ALLOW | 0x1234)) == 0);
	CHECK(getppid() == parent);
	return 0;
}
