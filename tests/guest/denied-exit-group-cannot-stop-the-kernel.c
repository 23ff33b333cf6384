/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denied-exit-group-cannot-stop-the-kernel - a process that may not exit_group still ends by exit.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_exit_group, ERRNO(EPERM))) == 0);
	REFUSED(syscall(SYS_exit_group, 1), EPERM);
	raw1(SYS_exit, 42);
	return 1;
}
