/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mincore-tells-what-is-in-memory - pages that were touched, pages of files, holes,
 * and refusals in Linux's order.
 */
#include "files.h"

#define PAGE 4096UL

static long in_core(const void *start, size_t len, unsigned char *vec)
{
	return syscall(SYS_mincore, start, len, vec);
}

int main(void)
{
	unsigned char vec[8] = { 0 };
	char *own = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *file, *copy;
	const long fd = syscall(SYS_memfd_create, "file", 0);

	CHECK(own != MAP_FAILED && fd >= 0);
	own[2 * PAGE] = 1;
	CHECK(in_core(own, 4 * PAGE, vec) == 0);
	CHECK((vec[0] & 1) == 0 && (vec[1] & 1) == 0 && (vec[2] & 1) == 1 && (vec[3] & 1) == 0);
	vec[1] = 77;
	CHECK(in_core(own + 2 * PAGE, 1, vec) == 0 && (vec[0] & 1) == 1 && vec[1] == 77);
	CHECK(in_core(own, 0, NULL) == 0);
	/* A file's pages are there before they are touched here; its holes are not. */
	CHECK(syscall(SYS_ftruncate, fd, 4 * PAGE) == 0 && lseek((int)fd, PAGE, SEEK_SET) == (off_t)PAGE &&
	      write((int)fd, "x", 1) == 1);
	file = mmap(NULL, 4 * PAGE, PROT_READ, MAP_SHARED, (int)fd, 0);
	CHECK(file != MAP_FAILED && in_core(file, 4 * PAGE, vec) == 0);
	CHECK((vec[0] & 1) == 0 && (vec[1] & 1) == 1 && (vec[2] & 1) == 0);
	/* A hole is filled when a private mapping is written to: its page is a copy. */
	copy = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, (int)fd, 0);
	CHECK(copy != MAP_FAILED);
	copy[2 * PAGE] = 1;
	CHECK(in_core(file, 4 * PAGE, vec) == 0 && (vec[0] & 1) == 0 && (vec[2] & 1) == 1 && file[2 * PAGE] == 0);
	CHECK(munmap(copy, 4 * PAGE) == 0);
	/* Refusals. */
	REFUSED(in_core(own + 1, PAGE, (void *)KERNEL_ADDRESS), EINVAL);
	REFUSED(in_core((void *)KERNEL_ADDRESS, PAGE, (void *)KERNEL_ADDRESS), ENOMEM);
	REFUSED(in_core(own, PAGE, (void *)KERNEL_ADDRESS), EFAULT);
	CHECK(munmap(own + PAGE, PAGE) == 0);
	REFUSED(in_core(own, 4 * PAGE, vec), ENOMEM);
	REFUSED(in_core(own, 4 * PAGE, (void *)8), EFAULT);
	return 0;
}
