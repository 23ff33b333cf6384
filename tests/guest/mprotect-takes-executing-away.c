/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mprotect-takes-executing-away - code that has run does not run any more once its page is only
 * readable, and does again when it is executable.
 */
#include "guest.h"

#ifdef __riscv
static const uint16_t code[] = { 0x8082 }; /* ret */
#else
static const uint8_t code[] = { 0xc3 };
#endif

static void *page;

static void run(void)
{
	((void (*)(void))(uintptr_t)page)();
}

#ifdef __riscv
/* Other machines cannot have that. */
static void look_at_code(void)
{
	const volatile unsigned char *const byte = page;

	(void)*byte;
}

static void execute_only(void)
{
	int pipes[2];

	CHECK(mprotect(page, 4096, PROT_EXEC) == 0);
	run();
	CHECK(killed_by(status_of(look_at_code), SIGSEGV));
	CHECK(pipe(pipes) == 0);
	REFUSED(write(pipes[1], page, 1), EFAULT);
}
#endif

int main(void)
{
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(page != MAP_FAILED);
	memcpy(page, code, sizeof(code));
	for (int i = 0; i < 2; i++) {
		CHECK(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
#ifdef __riscv
		syscall(SYS_riscv_flush_icache, page, (char *)page + sizeof(code), 0);
#endif
		run();
		CHECK(exited_with(status_of(run), 0));
		CHECK(mprotect(page, 4096, PROT_READ) == 0);
		CHECK(memcmp(page, code, sizeof(code)) == 0);
		CHECK(killed_by(status_of(run), SIGSEGV));
	}
#ifdef __riscv
	execute_only();
#endif
	return 0;
}
