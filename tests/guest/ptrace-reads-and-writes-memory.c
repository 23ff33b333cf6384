/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-reads-and-writes-memory - peek and poke reach also pages that the tracee may not write, or
 * not access at all, if they are its own; signal masks, and registers of floating point, too.
 */
#include "tracing.h"

enum { OPEN, READ_ONLY, CLOSED, PAGES };

static volatile long variable = 0x1122334455667788;
static volatile long *shared[PAGES];
static const volatile long constant = 5;
static volatile long *own[2]; /* nobody may access the first; the second may be executed */

static void body(void)
{
	CHECK(*shared[OPEN] == 8 && *shared[READ_ONLY] == 1);
	CHECK(variable == 99);
	CHECK(constant == 6);
	for (int i = 0; i < 2; i++)
		CHECK(mprotect((void *)(uintptr_t)own[i], 4096, PROT_READ) == 0 && own[i][0] == 30 + i &&
		      own[i][1] == 20);
	raise(SIGUSR1);
	_exit(4);
}

static void close_pages(void)
{
	CHECK(mprotect((void *)(uintptr_t)shared[READ_ONLY], 4096, PROT_READ) == 0);
	CHECK(mprotect((void *)(uintptr_t)shared[CLOSED], 4096, PROT_NONE) == 0);
}

static void make_own(int i, int prot)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	own[i] = (volatile long *)(void *)page;
	own[i][0] = 10;
	own[i][1] = 20;
	CHECK(mprotect(page, 4096, prot) == 0);
}

static long peek(pid_t pid, const volatile void *at)
{
	long word = 0;

	CHECK(raw(SYS_ptrace, PTRACE_PEEKDATA, pid, (long)(uintptr_t)at, (long)&word, 0, 0) == 0);
	return word;
}

int main(void)
{
	const void *empty = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *const pages = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child;
	char fp[512];
	struct iovec iov = { fp, sizeof(fp) };
	uint64_t mask = 0;
	int status;

	CHECK(pages != MAP_FAILED);
	for (int i = 0; i < PAGES; i++) {
		shared[i] = (volatile long *)(void *)(pages + i * 4096);
		*shared[i] = i;
	}
	close_pages();
	make_own(0, PROT_NONE);
	make_own(1, PROT_EXEC);
	child = traced(body, 0);
	CHECK(peek(child, shared[OPEN]) == 0 && peek(child, shared[READ_ONLY]) == 1);
	CHECK(peek(child, shared[CLOSED]) == CLOSED && peek(child, empty) == 0);
	for (int i = 0; i < 2; i++)
		CHECK(peek(child, own[i]) == 10 && ptrace(PTRACE_POKEDATA, child, own[i], 30 + i) == 0);
	CHECK(ptrace(PTRACE_POKEDATA, child, shared[OPEN], 8) == 0 && *shared[OPEN] == 8);
	REFUSED(ptrace(PTRACE_POKEDATA, child, shared[READ_ONLY], 8), EIO);
	REFUSED(ptrace(PTRACE_POKEDATA, child, shared[CLOSED], 8), EIO);
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
