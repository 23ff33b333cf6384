/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-frame-that-cannot-be-restored-is-sigsegv - rt_sigreturn refuses a frame whose
 * floating-point part is not the kernel's: on riscv64 one with something in the reserved words. A
 * handler for SIGSEGV may then repair it.
 */
#include "guest.h"

static volatile int runs;

static void spoil(int number, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)number;
	(void)info;
#ifdef __riscv
	((volatile uint32_t *)&uc->uc_mcontext)[(256 + 516) / 4] = 1;
#else
	uc->uc_mcontext.fpregs = (void *)KERNEL_ADDRESS;
#endif
	runs++;
}

static void seen(int number, siginfo_t *info, void *context)
{
	(void)context;
	_exit(number == SIGSEGV && info->si_code == SI_KERNEL && runs == 1 ? 7 : 3);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = spoil, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	action.sa_sigaction = seen;
	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	raise(SIGUSR1);
	return 2;
}
