/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault-tells-the-handler-where-and-why - SIGSEGV's siginfo: the address, MAPERR for nothing there,
 * ACCERR for a page that forbids it.
 */
#include "guest.h"

#include <setjmp.h>

static sigjmp_buf back;
static volatile unsigned long address;
static volatile int code;
static char *volatile none;

#ifdef __riscv
static uint64_t words[2];
extern char misaligned[], illegal[];
#endif

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	address = (unsigned long)info->si_addr;
	code = info->si_code;
	siglongjmp(back, 1);
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
	char *const page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	if (sigsetjmp(back, 1) == 0)
		*(volatile char *)(page + 123) = 1;
	CHECK(address == (unsigned long)page + 123);
	CHECK(code == SEGV_ACCERR);
	CHECK(munmap(page, 4096) == 0);
	if (sigsetjmp(back, 1) == 0)
		*(volatile char *)(page + 456) = 1;
	CHECK(address == (unsigned long)page + 456);
	CHECK(code == SEGV_MAPERR);
	if (sigsetjmp(back, 1) == 0)
		*(volatile char *)none = 1;
	CHECK(address == 0);
	CHECK(code == SEGV_MAPERR);
#ifdef __riscv
	/* Of any other fault: where the instruction is. */
	CHECK(sigaction(SIGBUS, &action, NULL) == 0);
	CHECK(sigaction(SIGILL, &action, NULL) == 0);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile(".globl misaligned\nmisaligned: lr.d t0, (%0)"
				 :
				 : "r"((char *)words + 1)
				 : "t0", "memory");
	CHECK(address == (unsigned long)misaligned && code == BUS_ADRALN);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile(".globl illegal\nillegal: " UNDEFINED_INSTRUCTION);
	CHECK(address == (unsigned long)illegal && code == ILL_ILLOPC);
#endif
	return 0;
}
