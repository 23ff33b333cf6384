/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mprotect-none-takes-reading-away - a page without rights cannot be read.
 */
#include "guest.h"

int main(void)
{
	volatile char *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	page[0] = 7;
	CHECK(mprotect((void *)(uintptr_t)page, 4096, PROT_NONE) == 0);
	return page[0];
}
