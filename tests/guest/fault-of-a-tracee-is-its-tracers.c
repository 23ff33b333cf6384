/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault-of-a-tracee-is-its-tracers - a breakpoint and a wild store stop a traced process, with
 * their siginfo; what becomes of it is the tracer's to say, so the kernel says nothing.
 */
#include "tracing.h"

static char *volatile none;

static void breaks(void)
{
	__asm__ volatile(BREAKPOINT);
}

static void stores(void)
{
	*none = 1;
}

static void check(void (*body)(void), int number, int code)
{
	const pid_t child = traced(body, 0);
	const int status = go_on(child, PTRACE_CONT, 0);
	siginfo_t info;

	CHECK(IS_STOP(status, number));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0 && info.si_signo == number && info.si_code == code);
	CHECK(ptrace(PTRACE_KILL, child, 0, 0) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
}

int main(void)
{
#ifdef __riscv
	check(breaks, SIGTRAP, TRAP_BRKPT);
#else
	check(breaks, SIGTRAP, SI_KERNEL);
#endif
	check(stores, SIGSEGV, SEGV_MAPERR);
	return 0;
}
