/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mprotect-takes-writing-away - a page made read-only keeps its contents and refuses a store.
 */
#include "guest.h"

int main(void)
{
	volatile char *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	page[5] = 7;
	CHECK(mprotect((void *)(uintptr_t)page, 4096, PROT_READ) == 0);
	CHECK(page[5] == 7);
	page[5] = 8;
	return 0;
}
