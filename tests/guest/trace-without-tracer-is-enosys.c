/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace-without-tracer-is-enosys - RET_TRACE when nobody traces.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRACE | 5)) == 0);
	REFUSED(syscall(SYS_getppid), ENOSYS);
	return 0;
}
