/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mprotect-refusals - unaligned addresses are EINVAL, unmapped ones ENOMEM, and the kernel
 * obeys the new rights too: EFAULT.
 */
#include "guest.h"

#define DOWN 0x01000000 /* PROT_GROWSDOWN */
#define UP 0x02000000	/* PROT_GROWSUP */

/* As C libraries make the stack executable: all of it, from any page of it upwards. */
static void growing_stacks(char *other)
{
	char *const stack = mmap(NULL, 3 * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0);
	char here;
	char *const page = (char *)((uintptr_t)&here & ~4095UL);
	const int zero = open("/dev/zero", O_RDONLY);

	CHECK(stack != MAP_FAILED && zero >= 0);
	CHECK(mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC | DOWN) == 0);
	CHECK(mprotect(stack + 4096, 4096, PROT_READ | PROT_WRITE | DOWN) == 0);
	CHECK(read(zero, stack, 16) == 16 && read(zero, stack + 4096, 16) == 16);
	REFUSED(read(zero, stack + 2 * 4096, 16), EFAULT); /* behind the end */
	REFUSED(mprotect(other, 4096, PROT_READ | PROT_WRITE | DOWN), EINVAL);
	REFUSED(mprotect(other, 4096, PROT_READ | PROT_WRITE | UP), EINVAL);
	REFUSED(mprotect(stack, 4096, PROT_READ | UP | DOWN), EINVAL);
	CHECK(mprotect(page, 4096, PROT_READ | PROT_WRITE | DOWN) == 0);
}

int main(void)
{
	char *const pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const int zero = open("/dev/zero", O_RDONLY);

	CHECK(pages != MAP_FAILED && zero >= 0);
	REFUSED(mprotect(pages + 1, 4096, PROT_READ), EINVAL);
	CHECK(mprotect(pages, 4096, PROT_READ | PROT_WRITE | 8) == 0); /* PROT_SEM */
	pages[0] = 1;
	REFUSED(mprotect(pages, 4096, PROT_READ | 16), EINVAL);
	growing_stacks(pages);
	CHECK(munmap(pages + 4096, 4096) == 0);
	REFUSED(mprotect(pages, 3 * 4096, PROT_READ), ENOMEM);
	REFUSED(read(zero, pages, 16), EFAULT);	       /* what lies before the hole is changed */
	CHECK(read(zero, pages + 2 * 4096, 16) == 16); /* what lies behind it is not */
	REFUSED(mprotect((void *)KERNEL_ADDRESS, 4096, PROT_READ), ENOMEM);
	CHECK(mprotect(pages, 4096, PROT_READ) == 0);
	REFUSED(read(zero, pages, 16), EFAULT);
	CHECK(mprotect(pages, 4096, PROT_READ | PROT_WRITE) == 0);
	CHECK(read(zero, pages, 16) == 16);
	return 0;
}
