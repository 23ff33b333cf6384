/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user-notif-without-listener-is-enosys - RET_USER_NOTIF from a filter that has no listener.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF)) == 0);
	REFUSED(syscall(SYS_getppid), ENOSYS);
	return 0;
}
