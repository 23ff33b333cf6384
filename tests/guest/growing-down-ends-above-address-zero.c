/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * growing-down-ends-above-address-zero - a mapping that grows down at the lowest address that may
 * be mapped does not grow below it.
 */
#include "guest.h"

#include <sys/mman.h>
#include <sys/wait.h>

int main(void)
{
	char text[32] = { 0 };
	const int fd = open("/proc/sys/vm/mmap_min_addr", O_RDONLY);
	char *lowest, *p;
	int status;

	CHECK(read(fd, text, sizeof(text) - 1) > 0);
	lowest = (char *)strtoul(text, NULL, 10);
	p = mmap(lowest, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
	CHECK(p == lowest);
	p[0] = 1;
	if (fork() == 0) {
		*(volatile char *)(p - 8) = 1;
		_exit(0);
	}
	CHECK(wait(&status) > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	return 0;
}
