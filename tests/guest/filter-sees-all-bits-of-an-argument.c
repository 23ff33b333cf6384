/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-sees-all-bits-of-an-argument - both halves of every 64-bit argument are
 * visible, in little-endian order.
 */
#include "guest.h"

int main(void)
{
	for (unsigned i = 0; i < 6; i++) {
		long a[6] = { 0, 0, 0, 0, 0, 0 };

		CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(ARG_HIGH(i)), SKIP_UNLESS(0x12345678, 3),
			      LOAD(ARG_LOW(i)), SKIP_UNLESS(0x9abcdef0, 1), RETURN(ERRNO(100 + i)), ALLOW) == 0);
		CHECK(raw0(SYS_getppid) > 0);
		a[i] = 0x1234567812345678;
		CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) > 0);
		a[i] = 0x9abcdef0;
		CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) > 0);
		a[i] = 0x123456789abcdef0;
		CHECK(raw(SYS_getppid, a[0], a[1], a[2], a[3], a[4], a[5]) == -100L - (long)i);
	}
	return 0;
}
