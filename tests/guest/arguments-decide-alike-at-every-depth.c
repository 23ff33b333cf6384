/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arguments-decide-alike-at-every-depth - sixteen different filters, each about all 64 bits of an
 * argument of its own choice, all have their say; the newest that refuses names the errno.
 */
#include "guest.h"

#define VALUE 0x8000000180000002

static long with(unsigned i, unsigned long value)
{
	unsigned long a[6] = { 0 };

	a[i] = value;
	return raw(SYS_getppid, (long)a[0], (long)a[1], (long)a[2], (long)a[3], (long)a[4], (long)a[5]);
}

int main(void)
{
	for (unsigned depth = 0; depth < 16; depth++) {
		const unsigned i = depth % 6;

		CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(ARG_LOW(i)), SKIP_UNLESS(0x80000002, 3),
			      LOAD(ARG_HIGH(i)), SKIP_UNLESS(0x80000001, 1), RETURN(ERRNO(100 + depth)), ALLOW) == 0);
		for (unsigned j = 0; j < 6; j++) {
			const unsigned newest = depth < j ? 0 : depth - (depth - j) % 6;

			CHECK(with(j, VALUE) == (depth < j ? raw0(SYS_getppid) : -100L - (long)newest));
			CHECK(with(j, VALUE ^ 1) > 0 && with(j, VALUE ^ 1UL << 63) > 0);
			CHECK(with(j, VALUE ^ 1UL << 31) > 0 && with(j, VALUE ^ 1UL << 32) > 0);
		}
	}
	return 0;
}
