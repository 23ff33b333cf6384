/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-changes-number-argument-and-result - at the entry a tracer makes another call of one, or
 * none, with a result of its own; at the end it changes the result.
 */
#include "tracing.h"

static int number;

/*
 * A changed number stays in riscv64's a7 behind the call: the compiler must load it anew each time.
 */
static volatile long asked = SYS_getuid;

static void body(void)
{
	CHECK(raw0(asked) == getpid());	 /* made getpid */
	CHECK(raw1(asked, 5) == 4711);	 /* skipped, with a result */
	CHECK(raw1(asked, 5) == -ESRCH); /* and with an error */
	CHECK(raw1(asked, 5) == 42);	 /* changed at its end */
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESYSGOOD);
	struct registers regs;
	int status;

	for (;;) {
		status = go_on(child, PTRACE_SYSCALL, 0);
		if (!IS_CALL(status))
			break;
		regs = registers_of(child);
		if (REG_NR(regs) != SYS_getuid || message_of(child) != PTRACE_EVENTMSG_SYSCALL_ENTRY)
			continue;
		if (number == 0) {
			REG_NR(regs) = SYS_getpid;
		} else if (number < 3) {
			REG_NR(regs) = -1UL;
			REG_RESULT(regs) = number == 1 ? 4711 : (unsigned long)-ESRCH;
		}
		set_registers(child, regs);
		status = go_on(child, PTRACE_SYSCALL, 0);
		CHECK(IS_CALL(status));
		if (number == 3) {
			regs = registers_of(child);
			REG_RESULT(regs) = 42;
			set_registers(child, regs);
		}
		number++;
	}
	CHECK(exited_with(status, 0) && number == 4);
	return 0;
}
