/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program-is-in-memory-once - many mappings of a file that nobody writes to cost one copy of it.
 */
#include "files.h"

#define MAPPINGS 40

static unsigned long free_bytes(void)
{
	unsigned long info[14]; /* struct sysinfo: uptime, three loads, all memory, free memory ... */

	CHECK(syscall(SYS_sysinfo, info) == 0);
	return info[5];
}

int main(void)
{
	const int fd = open("/proc/self/exe", O_RDONLY);
	volatile char sum = 0;
	unsigned long before, after;
	struct stat s;

	CHECK(fd >= 0 && fstat(fd, &s) == 0 && s.st_size > 10 * 4096);
	before = free_bytes();
	for (int i = 0; i < MAPPINGS; i++) {
		const char *at = mmap(NULL, (size_t)s.st_size, i % 2 == 0 ? PROT_READ : PROT_READ | PROT_EXEC,
				      MAP_PRIVATE, fd, 0);

		CHECK(at != MAP_FAILED);
		for (long page = 0; page < s.st_size; page += 4096)
			sum = (char)(sum + at[page]);
	}
	after = free_bytes();
	CHECK(after > before || before - after < (unsigned long)s.st_size * MAPPINGS / 4);
	return 0;
}
