/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-handler-may-answer-the-call - what the handler writes into the result
 * register is what the call returns.
 */
#include "guest.h"

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	UC_RESULT((ucontext_t *)context) = 4711;
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP)) == 0);
	CHECK(raw0(SYS_getppid) == 4711);
	CHECK(raw0(SYS_getppid) == 4711);
	return 0;
}
