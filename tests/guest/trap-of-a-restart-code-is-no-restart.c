/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-of-a-restart-code-is-no-restart - a trapped call whose first argument looks like
 * -ERESTARTSYS or -ERESTARTNOINTR is not run again and not turned into EINTR (riscv64 Linux gets
 * this wrong; x86-64 keeps the number elsewhere).
 */
#include "guest.h"

static volatile int count;

static void caught(int number)
{
	(void)number;
	if (++count > 2)
		_exit(3);
}

int main(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	CHECK(raw1(SYS_getppid, -512) == TRAP_RESULT(SYS_getppid, -512));
	CHECK(raw1(SYS_getppid, -513) == TRAP_RESULT(SYS_getppid, -513));
	CHECK(count == 2);
	return 0;
}
