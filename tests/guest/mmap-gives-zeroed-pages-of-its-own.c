/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap-gives-zeroed-pages-of-its-own - anonymous memory is zero, mappings do not overlap, and a
 * fixed one replaces what was there.
 */
#include "guest.h"

int main(void)
{
	const int rw = PROT_READ | PROT_WRITE, private = MAP_PRIVATE | MAP_ANONYMOUS;
	char *const a = mmap(NULL, 3 * 4096, rw, private, -1, 0);
	char *const b = mmap(NULL, 4096, rw, private, -1, 0);

	CHECK(a != MAP_FAILED && b != MAP_FAILED);
	CHECK(b + 4096 <= a || b >= a + 3 * 4096);
	for (int i = 0; i < 3 * 4096; i++)
		CHECK(a[i] == 0);
	memset(a, 5, 3 * 4096);
	CHECK(mmap(a + 4096, 4096, rw, private | MAP_FIXED, -1, 0) == a + 4096);
	CHECK(a[4095] == 5 && a[4096] == 0 && a[8191] == 0 && a[8192] == 5);
	REFUSED(mmap(a, 4096, rw, private | MAP_FIXED_NOREPLACE, -1, 0), EEXIST);
	return 0;
}
