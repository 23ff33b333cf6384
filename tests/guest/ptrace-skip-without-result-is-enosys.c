/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-skip-without-result-is-enosys - a tracer that only makes the number -1
 * at PTRACE_EVENT_SECCOMP leaves ENOSYS behind (riscv64 Linux 6.1 returns the
 * first argument as the result).
 */
#include "tracing.h"

static void body(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getuid, SECCOMP_RET_TRACE)) == 0);
	CHECK(raw1(SYS_getuid, 0x1234) == -ENOSYS);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESECCOMP);
	struct registers regs;
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_EVENT(status, PTRACE_EVENT_SECCOMP));
	regs = registers_of(child);
	REG_NR(regs) = -1UL;
	set_registers(child, regs);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
