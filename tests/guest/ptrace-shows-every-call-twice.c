/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-shows-every-call-twice - PTRACE_SYSCALL stops at a call's entry and end, with the messages
 * 1 and 2; PTRACE_GET_SYSCALL_INFO tells the number, the arguments, the result.
 */
#include "tracing.h"

static void body(void)
{
	raw(SYS_getppid, 11, 22, 33, 44, 55, 66);
	raw1(SYS_close, -1);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESYSGOOD);
	struct ptrace_syscall_info info;
	int status;

	do { /* the rest of raise() */
		status = go_on(child, PTRACE_SYSCALL, 0);
		CHECK(IS_CALL(status));
	} while (REG_NR(registers_of(child)) != SYS_getppid);
	CHECK(message_of(child) == PTRACE_EVENTMSG_SYSCALL_ENTRY);
	memset(&info, 0, sizeof(info));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 80);
	CHECK(info.op == PTRACE_SYSCALL_INFO_ENTRY && info.arch == NATIVE_ARCH);
	CHECK(info.entry.nr == SYS_getppid && info.entry.args[0] == 11 && info.entry.args[5] == 66);
	CHECK(REG_ARG0(registers_of(child)) == 11 && REG_ARG1(registers_of(child)) == 22);

	status = go_on(child, PTRACE_SYSCALL, 0);
	CHECK(IS_CALL(status) && message_of(child) == PTRACE_EVENTMSG_SYSCALL_EXIT);
	CHECK((pid_t)REG_RESULT(registers_of(child)) == getpid());
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 33);
	CHECK(info.op == PTRACE_SYSCALL_INFO_EXIT && info.exit.rval == getpid() && !info.exit.is_error);

	status = go_on(child, PTRACE_SYSCALL, 0);
	CHECK(IS_CALL(status) && REG_NR(registers_of(child)) == SYS_close);
	status = go_on(child, PTRACE_SYSCALL, 0);
	CHECK(IS_CALL(status));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, 24, &info) == 33);
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 33);
	CHECK(info.exit.is_error && info.exit.rval == -EBADF);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
