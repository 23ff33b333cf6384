/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log-runs-the-call-and-logs-it - RET_LOG: the call happens, the record says sig=0.
 */
#include "guest.h"

int main(void)
{
	const pid_t parent = getppid();

	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_LOG)) == 0);
	CHECK(getppid() == parent);
	return 0;
}
