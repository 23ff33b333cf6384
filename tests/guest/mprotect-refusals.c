/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mprotect-refusals - unaligned addresses are EINVAL, unmapped ones ENOMEM, and the kernel
 * obeys the new rights too: EFAULT.
 */
#include "guest.h"

int main(void)
{
	char *const pages = mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const int zero = open("/dev/zero", O_RDONLY);

	CHECK(pages != MAP_FAILED && zero >= 0);
	REFUSED(mprotect(pages + 1, 4096, PROT_READ), EINVAL);
	CHECK(mprotect(pages, 4096, PROT_READ | PROT_WRITE | 8) == 0); /* PROT_SEM */
	pages[0] = 1;
	REFUSED(mprotect(pages, 4096, PROT_READ | 16), EINVAL);
	CHECK(munmap(pages + 4096, 4096) == 0);
	REFUSED(mprotect(pages, 2 * 4096, PROT_READ), ENOMEM);
	REFUSED(mprotect((void *)KERNEL_ADDRESS, 4096, PROT_READ), ENOMEM);
	CHECK(mprotect(pages, 4096, PROT_READ) == 0);
	REFUSED(read(zero, pages, 16), EFAULT);
	CHECK(mprotect(pages, 4096, PROT_READ | PROT_WRITE) == 0);
	CHECK(read(zero, pages, 16) == 16);
	return 0;
}
