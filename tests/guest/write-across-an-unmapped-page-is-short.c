/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * write-across-an-unmapped-page-is-short - a write whose buffer runs into an unmapped page writes
 * what there is; one that begins there is EFAULT.
 */
#include "guest.h"

int main(void)
{
	char *const pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fds[2];

	CHECK(pages != MAP_FAILED && pipe2(fds, 0) == 0);
	memset(pages, 'x', 8192);
	CHECK(munmap(pages + 4096, 4096) == 0);
	REFUSED(write(fds[1], pages + 4096, 1), EFAULT);
	const ssize_t written = write(fds[1], pages + 4090, 12);
	CHECK(written == 6 || (written == -1 && errno == EFAULT));
	return 0;
}
