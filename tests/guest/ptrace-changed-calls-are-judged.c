/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-changed-calls-are-judged - a tracer that stops a task before its calls changes one:
 * filters judge what it has become, not what it was, whether that is allowed, refused, or kills.
 */
#include "tracing.h"

static volatile long asked;

static void body(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(55))) == 0);
	CHECK(INSTALL(0, ON(SYS_getpgid, SECCOMP_RET_KILL_PROCESS)) == 0);
	asked = SYS_getuid;
	CHECK(raw1(asked, 1) == -55); /* made getppid() */
	asked = SYS_getppid;
	CHECK(raw1(asked, 2) == getpid()); /* made getpid() */
	asked = SYS_getuid;
	raw1(asked, 3); /* made getpgid() */
}

int main(void)
{
	static const long becomes[] = { 0, SYS_getppid, SYS_getpid, SYS_getpgid };
	const pid_t child = traced(body, PTRACE_O_TRACESYSGOOD);
	struct registers regs;
	int status;

	while (status = go_on(child, PTRACE_SYSCALL, 0), IS_CALL(status)) {
		regs = registers_of(child);
		if ((REG_NR(regs) == SYS_getuid || REG_NR(regs) == SYS_getppid) && REG_ARG0(regs) - 1 < 3) {
			REG_NR(regs) = (unsigned long)becomes[REG_ARG0(regs)];
			set_registers(child, regs);
		}
		status = go_on(child, PTRACE_SYSCALL, 0); /* behind the call */
		if (!IS_CALL(status))
			break;
	}
	CHECK(killed_by(status, SIGSYS));
	return 0;
}
