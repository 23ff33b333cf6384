/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-reads-and-writes-memory - peek and poke reach also pages that the tracee may not write;
 * signal masks, and registers of floating point, too.
 */
#include "tracing.h"

static volatile long variable = 0x1122334455667788;
static const volatile long constant = 5;

static void body(void)
{
	CHECK(variable == 99);
	CHECK(constant == 6);
	raise(SIGUSR1);
	_exit(4);
}

static long peek(pid_t pid, const volatile void *at)
{
	long word = 0;

	CHECK(raw(SYS_ptrace, PTRACE_PEEKDATA, pid, (long)(uintptr_t)at, (long)&word, 0, 0) == 0);
	return word;
}

int main(void)
{
	const pid_t child = traced(body, 0);
	char fp[512];
	struct iovec iov = { fp, sizeof(fp) };
	uint64_t mask = 0;
	int status;

	CHECK(peek(child, &variable) == 0x1122334455667788);
	CHECK(ptrace(PTRACE_POKEDATA, child, &variable, 99) == 0);
	CHECK(ptrace(PTRACE_POKETEXT, child, &constant, 6) == 0);
	CHECK(constant == 5 && variable == 0x1122334455667788);
	REFUSED(ptrace(PTRACE_POKEDATA, child, 8, 1), EIO);
	CHECK(raw(SYS_ptrace, PTRACE_PEEKDATA, child, 8, (long)&mask, 0, 0) == -EIO);
	CHECK(ptrace(PTRACE_GETREGSET, child, 2 /* NT_PRFPREG */, &iov) == 0);
#ifdef __riscv
	CHECK(iov.iov_len == 264);
#endif
	CHECK(ptrace(PTRACE_SETREGSET, child, 2, &iov) == 0);
	iov.iov_len = 7;
	REFUSED(ptrace(PTRACE_GETREGSET, child, 1, &iov), EINVAL);
	iov.iov_len = 8;
	REFUSED(ptrace(PTRACE_GETREGSET, child, 0x7777, &iov), EINVAL);
	CHECK(ptrace(PTRACE_GETSIGMASK, child, 8, &mask) == 0);
	REFUSED(ptrace(PTRACE_GETSIGMASK, child, 4, &mask), EINVAL);
	mask |= 1UL << (SIGUSR1 - 1);
	CHECK(ptrace(PTRACE_SETSIGMASK, child, 8, &mask) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 4)); /* SIGUSR1 was blocked */
	REFUSED(ptrace(PTRACE_CONT, child, 0, 0), ESRCH);
	return 0;
}
