/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-tells-the-handler-everything - RET_TRAP's siginfo: SIGSYS, the data as errno, SYS_SECCOMP,
 * the address after the call, number and architecture.
 */
#include "guest.h"

static siginfo_t seen;
static volatile unsigned long pc;
static volatile int times;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	seen = *info;
	times++;
	pc = (unsigned long)UC_PC((ucontext_t *)context);
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP | 0xfedc)) == 0);
	raw0(SYS_getppid);
	CHECK(seen.si_signo == SIGSYS);
	CHECK(seen.si_errno == 0xfedc);
	CHECK(seen.si_code == SYS_SECCOMP);
	CHECK(seen.si_syscall == SYS_getppid);
	CHECK(seen.si_arch == NATIVE_ARCH);
	CHECK((unsigned long)seen.si_call_addr == pc);
	raw0(SYS_getppid);
	CHECK(times == 2); /* it is blocked in its handler only */
	return 0;
}
