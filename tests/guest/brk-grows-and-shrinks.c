/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * brk-grows-and-shrinks - the break moves up and down, new memory is zero,
 * and what was given back is gone.
 */
#include "guest.h"

static void touch_beyond(void)
{
	volatile char *const end = sbrk(0);

	end[8192] = 1;
}

int main(void)
{
	char *const start = sbrk(0);

	CHECK(sbrk(1 << 20) == start);
	for (int i = 0; i < 1 << 20; i += 512)
		CHECK(start[i] == 0);
	memset(start, 1, 1 << 20);
	CHECK(brk(start) == 0);
	CHECK(sbrk(0) == start);
	CHECK(sbrk(8192) == start);
	CHECK(start[8191] == 0);
	CHECK(killed_by(status_of(touch_beyond), SIGSEGV));
	return 0;
}
