/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-sees-all-bits-of-an-argument - both halves of every 64-bit argument are
 * visible, in little-endian order; to a filter whose answers are logged, too.
 */
#include "guest.h"

static void check_argument(unsigned i, unsigned flags, unsigned number)
{
	long a[6] = { 0, 0, 0, 0, 0, 0 };

	CHECK(INSTALL(flags, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(ARG_HIGH(i)), SKIP_UNLESS(0x12345678, 3),
		      LOAD(ARG_LOW(i)), SKIP_UNLESS(0x9abcdef0, 1), RETURN(ERRNO(number)), ALLOW) == 0);
	CHECK(raw0(SYS_getppid) > 0);
	a[i] = 0x1234567812345678;
	CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) > 0);
	a[i] = 0x9abcdef0;
	CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) > 0);
	a[i] = 0x123456789abcdef0;
	CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) == -(long)number);
}

int main(void)
{
	for (unsigned i = 0; i < 6; i++)
		check_argument(i, 0, 100 + i);
	for (unsigned i = 0; i < 6; i++)
		check_argument(i, SECCOMP_FILTER_FLAG_LOG, 110 + i);
	return 0;
}
