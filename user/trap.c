/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap - TRAP: the call does not run; the process gets SIGSYS, and its
 * handler may answer in its stead.
 *
 * Look for: the handler learns which call it was and the filter's 16 bits of data (7), and writes
 * the result into the registers that the program goes on with.
 */
#include "toy.h"

#include <signal.h>
#include <ucontext.h>

#ifdef __riscv
#define RESULT(context) ((context)->uc_mcontext.__gregs[REG_A0])
#else
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#endif

static void answer(int number, siginfo_t *info, void *context)
{
	say("trap: signal %d: a call to %s, data %d; I answer 4711\n", number,
	    info->si_syscall == SYS_getppid ? "getppid" : "something else", info->si_errno);
	RESULT((ucontext_t *)context) = 4711;
}

int main(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = answer;
	action.sa_flags = SA_SIGINFO;
	EXPECT(sigaction(SIGSYS, &action, NULL) == 0);
	toy_answer(SYS_getppid, SECCOMP_RET_TRAP | 7);

	const long parent = syscall(SYS_getppid);
	say("trap: getppid() returned %ld\n", parent);
	EXPECT(parent == 4711);
	return 0;
}
