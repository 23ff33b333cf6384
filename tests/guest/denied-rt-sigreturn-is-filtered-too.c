/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denied-rt-sigreturn-is-filtered-too - the return from a handler is a system call like any other.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

int main(void)
{
	signal(SIGUSR1, caught);
	CHECK(INSTALL(0, ON(SYS_rt_sigreturn, SECCOMP_RET_KILL_PROCESS)) == 0);
	raise(SIGUSR1);
	return 1;
}
