/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mappings-are-limited-in-number - /proc/sys/vm/max_map_count: mmap and what splits a mapping are
 * ENOMEM when an address space has as many.
 */
#include "files.h"

#define LIMIT 100
#define PAGE 4096UL

static void set(const char *text)
{
	const int fd = open("/proc/sys/vm/max_map_count", O_WRONLY);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

int main(void)
{
	char *big = mmap(NULL, 1000 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int n;

	CHECK(big != MAP_FAILED);
	set("100");
	for (n = 0; n < 2 * LIMIT; n++)
		if (mmap(NULL, PAGE, n % 2 ? PROT_READ : PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
			break;
	CHECK(n > LIMIT / 2 && n <= LIMIT && errno == ENOMEM);
	REFUSED(mprotect(big + 10 * PAGE, PAGE, PROT_NONE), ENOMEM);
	REFUSED(munmap(big + 10 * PAGE, PAGE), ENOMEM);
	CHECK(munmap(big, 1000 * PAGE) == 0);
	set("65530");
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
	return 0;
}
