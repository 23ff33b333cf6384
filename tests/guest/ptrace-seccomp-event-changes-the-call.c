/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-seccomp-event-changes-the-call - at PTRACE_EVENT_SECCOMP a tracer makes another call of
 * one, gives it another argument, answers it itself, or lets it be. A number is
 * negative if its lower 32 bits are.
 */
#include "tracing.h"

/*
 * Changed registers stay so on riscv64 behind the call: the compiler must load them anew each time.
 */
static volatile long asked = SYS_kill;
static volatile int signals;

static void caught(int number)
{
	signals += number;
}

static void body(void)
{
	CHECK(signal(SIGUSR1, caught) != SIG_ERR && signal(SIGUSR2, caught) != SIG_ERR);
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_kill, SECCOMP_RET_TRACE | 7)) == 0);
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == 0 && signals == SIGUSR1);
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == 0 && signals == SIGUSR1 + SIGUSR2); /* another argument */
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == getppid());			       /* another call */
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == 4711);			       /* none, with a result */
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == -EXDEV);			       /* or an error */
	CHECK(raw(asked, getpid(), SIGUSR1, 0, 0, 0, 0) == 4712);			       /* none, by bit 31 */
	CHECK(signals == SIGUSR1 + SIGUSR2);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESECCOMP);
	struct registers regs;
	int status = 0, n = 0;

	while (status = go_on(child, PTRACE_CONT,
			      IS_STOP(status, SIGUSR1) || IS_STOP(status, SIGUSR2) ? WSTOPSIG(status) : 0),
	       WIFSTOPPED(status)) {
		if (!IS_EVENT(status, PTRACE_EVENT_SECCOMP))
			continue;
		CHECK(message_of(child) == 7);
		regs = registers_of(child);
		switch (n++) {
		case 1:
			REG_ARG1(regs) = SIGUSR2;
			break;
		case 2:
			REG_NR(regs) = SYS_getppid;
			break;
		case 3:
			REG_NR(regs) = -1UL;
			REG_RESULT(regs) = 4711;
			break;
		case 4:
			REG_NR(regs) = -1UL;
			REG_RESULT(regs) = (unsigned long)-EXDEV;
			break;
		case 5:
			REG_NR(regs) = 0x80000000UL | SYS_kill;
			REG_RESULT(regs) = 4712;
			break;
		}
		set_registers(child, regs);
	}
	CHECK(n == 6 && exited_with(status, 0));
	return 0;
}
