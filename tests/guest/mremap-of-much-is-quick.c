/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mremap-of-much-is-quick - moving 120 GB of addresses with three pages in them takes
 * as long as moving three pages.
 */
#include "guest.h"

#define SIZE (120UL << 30)
#define TARGET ((char *)0x100000000)

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(void)
{
	static const size_t places[] = { 0, SIZE / 2 + 4096, SIZE - 4096 };
	const long before = milliseconds();
	char *from = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(from != MAP_FAILED);
	for (int i = 0; i < 3; i++)
		from[places[i]] = (char)(1 + i);
	CHECK(syscall(SYS_mremap, from, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, TARGET) == (long)TARGET);
	for (int i = 0; i < 3; i++)
		CHECK(TARGET[places[i]] == 1 + i);
	CHECK(munmap(TARGET, SIZE) == 0);
	CHECK(milliseconds() - before < 100);
	return 0;
}
