/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory-can-be-locked - mlock and kin, and msync: what is mapped can be kept in memory and written
 * back; holes and odd arguments are refused in Linux's order.
 */
#include "guest.h"

#define PAGE 4096L
#ifndef MADV_COLD
#define MADV_COLD 20
#define MADV_PAGEOUT 21
#endif

static long call(long nr, const char *address, long length, long flags)
{
	return raw(nr, (long)address, length, flags, 0, 0, 0);
}

/* After munlockall, a new mapping that is to be locked is brought in, whatever was asked before. */
static void locked_anew(void)
{
	unsigned char there = 0;
	char *p;

	CHECK(raw(SYS_mlockall, 2 | 4, 0, 0, 0, 0, 0) == 0 && raw0(SYS_munlockall) == 0);
	p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
	CHECK(p != MAP_FAILED && call(SYS_mincore, p, PAGE, (long)&there) == 0 && there == 1);
}

/* What is locked cannot be given up, and only private memory without a file at any time. */
static void advice(void)
{
	const long refused[] = { MADV_DONTNEED, MADV_FREE, MADV_COLD, MADV_PAGEOUT };
	char *p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const int fd = open("/proc/self/exe", O_RDONLY);
	char *file = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0);

	CHECK(p != MAP_FAILED && shared != MAP_FAILED && file != MAP_FAILED);
	CHECK(call(SYS_mlock, p + PAGE, PAGE, 0) == 0);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		CHECK(call(SYS_madvise, p, 3 * PAGE, refused[i]) == -EINVAL);
		CHECK(call(SYS_madvise, p + 2 * PAGE, PAGE, refused[i]) == 0);
	}
	CHECK(call(SYS_madvise, p, 3 * PAGE, MADV_WILLNEED) == 0);
	CHECK(call(SYS_madvise, p, 3 * PAGE, MADV_NORMAL) == 0);
	CHECK(call(SYS_madvise, shared, PAGE, MADV_FREE) == -EINVAL);
	CHECK(call(SYS_madvise, file, PAGE, MADV_FREE) == -EINVAL);
	CHECK(call(SYS_madvise, shared, PAGE, MADV_COLD) == 0 && call(SYS_madvise, file, PAGE, MADV_PAGEOUT) == 0);
	CHECK(munmap(p, PAGE) == 0 && call(SYS_madvise, p, 3 * PAGE, MADV_COLD) == -EINVAL); /* before ENOMEM */
	CHECK(call(SYS_munlock, p + PAGE, PAGE, 0) == 0 && call(SYS_madvise, p, 3 * PAGE, MADV_COLD) == -ENOMEM);
}

int main(void)
{
	char *p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	p[0] = 'p';
	CHECK(call(SYS_mlock, p + 1, PAGE, 0) == 0);
	CHECK(call(SYS_munlock, p, 3 * PAGE, 0) == 0);
	CHECK(call(SYS_mlock2, p, PAGE, 1) == 0 && call(SYS_mlock2, p, PAGE, 2) == -EINVAL);
	CHECK(call(SYS_mlock, p, -1, 0) == 0); /* rounded up, it is nothing */
	CHECK(call(SYS_mlock, p, -PAGE, 0) == -EINVAL);
	CHECK(p[0] == 'p');

	CHECK(call(SYS_msync, p, 3 * PAGE, MS_SYNC) == 0 && call(SYS_msync, p, 0, MS_ASYNC) == 0);
	CHECK(call(SYS_msync, p + 1, PAGE, MS_SYNC) == -EINVAL);
	CHECK(call(SYS_msync, p, PAGE, 8) == -EINVAL && call(SYS_msync, p, PAGE, MS_SYNC | MS_ASYNC) == -EINVAL);
	CHECK(call(SYS_msync, p, -2 * PAGE, MS_SYNC) == -ENOMEM);

	CHECK(munmap(p + PAGE, PAGE) == 0);
	CHECK(call(SYS_mlock, p, 3 * PAGE, 0) == -ENOMEM && call(SYS_munlock, p, 3 * PAGE, 0) == -ENOMEM);
	CHECK(call(SYS_msync, p, 3 * PAGE, MS_SYNC) == -ENOMEM);

	CHECK(call(SYS_mlockall, NULL, 0, 0) == -EINVAL);
	CHECK(raw(SYS_mlockall, 4, 0, 0, 0, 0, 0) == -EINVAL && raw(SYS_mlockall, 8, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_mlockall, 1, 0, 0, 0, 0, 0) == 0 && raw0(SYS_munlockall) == 0);
	locked_anew();
	advice();
	return 0;
}
