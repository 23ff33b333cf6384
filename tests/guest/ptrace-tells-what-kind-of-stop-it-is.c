/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-tells-what-kind-of-stop-it-is - GET_SYSCALL_INFO says NONE where there is no call, with
 * the place, and cuts to the size asked for; PEEKSIGINFO copies what waits, of the thread or of
 * the process, and takes nothing.
 */
#include "tracing.h"

#ifndef PTRACE_PEEKSIGINFO_SHARED
#define PTRACE_PEEKSIGINFO_SHARED 1
#endif

struct peek {
	uint64_t off;
	uint32_t flags;
	int32_t nr;
};

static siginfo_t infos[4];

static long peek(pid_t child, uint64_t off, uint32_t flags, int32_t nr)
{
	struct peek args = { off, flags, nr };

	return ptrace(PTRACE_PEEKSIGINFO, child, &args, infos);
}

static void body(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	kill(getpid(), SIGRTMIN);
	kill(getpid(), SIGRTMIN);
	raise(SIGSTOP);
	_exit(fork() == 0 ? 1 : 2);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEEXIT);
	struct ptrace_syscall_info info;
	unsigned char untouched[sizeof(info)], *bytes = (unsigned char *)&info;
	int status = go_on(child, PTRACE_CONT, 0);
	pid_t other;

	CHECK(IS_STOP(status, SIGSTOP));
	memset(&info, 0xaa, sizeof(info));
	memset(untouched, 0xaa, sizeof(untouched));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, 10, &info) == 24);
	CHECK(info.op == PTRACE_SYSCALL_INFO_NONE && info.arch == NATIVE_ARCH);
	CHECK(memcmp(bytes + 10, untouched, sizeof(info) - 10) == 0);
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 24);
#ifdef __riscv
	CHECK(info.instruction_pointer == registers_of(child).r.pc && info.stack_pointer == registers_of(child).r.sp);
#else
	CHECK(info.instruction_pointer == registers_of(child).r.rip && info.stack_pointer == registers_of(child).r.rsp);
#endif
	CHECK(memcmp(bytes + 24, untouched, sizeof(info) - 24) == 0);
	REFUSED(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), 8), EFAULT);

	CHECK(peek(child, 0, 0, 4) == 1 && infos[0].si_signo == SIGUSR1);
	CHECK(peek(child, 0, PTRACE_PEEKSIGINFO_SHARED, 4) == 2);
	CHECK(infos[0].si_signo == SIGRTMIN && infos[1].si_pid == child && infos[1].si_code == SI_USER);
	CHECK(peek(child, 1, PTRACE_PEEKSIGINFO_SHARED, 4) == 1);
	CHECK(peek(child, 2, PTRACE_PEEKSIGINFO_SHARED, 4) == 0 && peek(child, 0, 0, 0) == 0);
	REFUSED(peek(child, 0, 2, 1), EINVAL);
	REFUSED(peek(child, 0, 0, -1), EINVAL);
	REFUSED(ptrace(PTRACE_PEEKSIGINFO, child, 8, infos), EFAULT);

	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_FORK));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) == 24);
	CHECK(info.op == PTRACE_SYSCALL_INFO_NONE);
	other = (pid_t)message_of(child);
	CHECK(waitpid(other, &status, __WALL) == other && IS_STOP(status, SIGSTOP));
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT));
	CHECK(ptrace(PTRACE_GET_SYSCALL_INFO, other, sizeof(info), &info) == 24);
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(exited_with(status, 1));
	status = go_on(child, PTRACE_CONT, 0);
	while (IS_STOP(status, SIGCHLD))
		status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT) && message_of(child) == 2 << 8);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 2));
	return 0;
}
