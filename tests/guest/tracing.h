/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracing.h - what the programs about ptrace share: a tracee's registers by
 * what they mean, and its stops.
 */
#pragma once

#include "guest.h"

#include <sys/ptrace.h>
#include <linux/ptrace.h> /* after it, or glibc's enum is in the way */
#include <sys/uio.h>
#include <sys/user.h>

#define NT_PRSTATUS_SET ((void *)1)

struct registers {
	struct user_regs_struct r;
};

static inline struct registers registers_of(pid_t pid)
{
	struct registers regs;
	struct iovec iov = { &regs.r, sizeof(regs.r) };

	CHECK(ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS_SET, &iov) == 0);
	CHECK(iov.iov_len == sizeof(regs.r));
	return regs;
}

static inline void set_registers(pid_t pid, struct registers regs)
{
	struct iovec iov = { &regs.r, sizeof(regs.r) };

	CHECK(ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS_SET, &iov) == 0);
}

#ifdef __riscv
#define REG_NR(regs) ((regs).r.a7)
#define REG_ARG0(regs) ((regs).r.a0)
#define REG_ARG1(regs) ((regs).r.a1)
#define REG_RESULT(regs) ((regs).r.a0)
#else
#define REG_NR(regs) ((regs).r.orig_rax)
#define REG_ARG0(regs) ((regs).r.rdi)
#define REG_ARG1(regs) ((regs).r.rsi)
#define REG_RESULT(regs) ((regs).r.rax)
#endif

/*
 * Runs body in a child that is traced, with these options, and stopped (by a SIGSTOP
 * of its own) when this returns.
 */
static inline pid_t traced(void (*body)(void), long options)
{
	const pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
		raise(SIGSTOP);
		body();
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, options | PTRACE_O_EXITKILL) == 0);
	return child;
}

/* Lets it go on, with a signal, and waits for its next stop or end: the wait status. */
static inline int go_on(pid_t child, int request, long number)
{
	int status;

	CHECK(ptrace(request, child, 0, number) == 0);
	CHECK(waitpid(child, &status, __WALL) == child);
	return status;
}

#define IS_STOP(status, signal) (WIFSTOPPED(status) && (status) >> 8 == (signal))
#define IS_EVENT(status, event) IS_STOP(status, SIGTRAP | (event) << 8)
#define IS_CALL(status) IS_STOP(status, SIGTRAP | 0x80)

/* How often PID stops at its calls, up to its end; its signals are handed on. */
static inline int stops_of(pid_t pid)
{
	int stops = 0, status, number = 0;

	for (;;) {
		status = go_on(pid, PTRACE_SYSCALL, number);
		if (!WIFSTOPPED(status))
			return stops;
		number = IS_CALL(status) ? 0 : WSTOPSIG(status);
		stops += number == 0;
	}
}

static inline unsigned long message_of(pid_t pid)
{
	unsigned long message;

	CHECK(ptrace(PTRACE_GETEVENTMSG, pid, 0, &message) == 0);
	return message;
}
