/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pages-beside-a-read-one-cannot-be-executed - when a page of a file's mapping is read, those
 * beside it may be brought in with it: with the rights of the mapping, which allow no executing.
 */
#include "guest.h"

#define PAGES 8

#ifdef __riscv
static const uint16_t code[] = { 0x8082 }; /* ret */
#else
static const uint8_t code[] = { 0xc3 };
#endif

static char *pages, page[4096];

static void execute(void)
{
	const volatile char *first = pages;

	CHECK(first[0] == (char)code[0]);
	((void (*)(void))(uintptr_t)(pages + 5 * 4096))();
}

int main(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "code", 0);

	CHECK(fd >= 0);
	memcpy(page, code, sizeof(code));
	for (int i = 0; i < PAGES; i++)
		CHECK(write(fd, page, sizeof(page)) == sizeof(page));
	pages = mmap(NULL, PAGES * 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(pages != MAP_FAILED);
	CHECK(killed_by(status_of(execute), SIGSEGV));
	CHECK(mprotect(pages, PAGES * 4096, PROT_READ | PROT_EXEC) == 0);
	execute();
	return 0;
}
