/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-seccomp-event-is-judged-again - what the tracer makes of a call at PTRACE_EVENT_SECCOMP is
 * put to the filters again: neither another number nor another argument gets past them (riscv64
 * Linux 6.1 runs a changed first argument unseen).
 */
#include "tracing.h"

/*
 * A changed number stays in riscv64's a7 behind the call: the compiler must load it anew each time.
 */
static volatile long asked = SYS_getuid;

static void body(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_close, 4), LOAD(ARG_LOW(0)), SKIP_UNLESS(99, 1), RETURN(ERRNO(66)),
		      ALLOW, SKIP_UNLESS(SYS_getppid, 1), RETURN(ERRNO(55)), SKIP_UNLESS(SYS_getuid, 1),
		      RETURN(SECCOMP_RET_TRACE | 0x1234), ALLOW) == 0);
	CHECK(raw1(asked, 1) == -66);	   /* made close(99) */
	CHECK(raw1(asked, 2) == -55);	   /* made getppid() */
	CHECK(raw1(asked, 3) == getpid()); /* made getpid(), which is allowed */
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESECCOMP);
	struct ptrace_syscall_info info;
	struct registers regs;
	int status;

	while (status = go_on(child, PTRACE_CONT, 0), IS_EVENT(status, PTRACE_EVENT_SECCOMP)) {
		CHECK(message_of(child) == 0x1234);
		CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 84);
		CHECK(info.op == PTRACE_SYSCALL_INFO_SECCOMP && info.seccomp.nr == SYS_getuid &&
		      info.seccomp.ret_data == 0x1234);
		regs = registers_of(child);
		CHECK(REG_ARG0(regs) == info.seccomp.args[0]);
		switch (REG_ARG0(regs)) {
		case 1:
			REG_NR(regs) = SYS_close;
			REG_ARG0(regs) = 99;
			break;
		case 2:
			REG_NR(regs) = SYS_getppid;
			break;
		default:
			REG_NR(regs) = SYS_getpid;
		}
		set_registers(child, regs);
	}
	CHECK(exited_with(status, 0));
	return 0;
}
