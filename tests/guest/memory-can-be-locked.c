/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory-can-be-locked - mlock and kin, and msync: what is mapped can be kept in memory and written
 * back; holes and odd arguments are refused in Linux's order.
 */
#include "guest.h"

#define PAGE 4096L

static long call(long nr, const char *address, long length, long flags)
{
	return raw(nr, (long)address, length, flags, 0, 0, 0);
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
	return 0;
}
