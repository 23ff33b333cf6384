/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-refusals - unknown processes are ESRCH, unknown signals EINVAL,
 * tgkill wants the right group.
 */
#include "guest.h"

int main(void)
{
	REFUSED(kill(0x3ffffff0, SIGTERM), ESRCH);
	REFUSED(kill(getpid(), 65), EINVAL);
	REFUSED(kill(getpid(), -1), EINVAL);
	CHECK(kill(getpid(), 0) == 0);
	REFUSED(syscall(SYS_tgkill, getpid(), 0, SIGTERM), EINVAL);
	REFUSED(syscall(SYS_tgkill, getpid(), 0x3ffffff0, SIGTERM), ESRCH);
	REFUSED(syscall(SYS_tgkill, 1, syscall(SYS_gettid), SIGTERM), ESRCH);
	return 0;
}
