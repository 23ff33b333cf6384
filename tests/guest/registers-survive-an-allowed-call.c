/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers-survive-an-allowed-call - a call that runs, filtered or not, quick or not,
 * changes the result register only.
 */
#include "guest.h"

#include "registers.h"

int main(void)
{
	const pid_t parent = getppid();

	CHECK(full_register_call(SYS_getppid) == parent);
	CHECK(full_register_call(SYS_sched_yield) == 0);
	CHECK(full_register_call(SYS_close) == -EBADF);
	CHECK(full_register_call(5000) == -ENOSYS);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_LOG)) == 0);
	CHECK(full_register_call(SYS_getppid) == parent);
	CHECK(full_register_call(SYS_sched_yield) == 0);
	return 0;
}
