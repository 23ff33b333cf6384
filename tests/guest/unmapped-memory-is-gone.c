/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unmapped-memory-is-gone - after munmap of the middle page of three, the
 * others stay and it faults.
 */
#include "guest.h"

int main(void)
{
	char *const pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED);
	memset(pages, 1, 3 * 4096);
	CHECK(munmap(pages + 4096, 4096) == 0);
	CHECK(pages[0] == 1 && pages[8192] == 1);
	return ((volatile char *)pages)[4096];
}
