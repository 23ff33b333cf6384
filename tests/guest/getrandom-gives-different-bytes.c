/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getrandom-gives-different-bytes - two draws differ, unknown flags are EINVAL.
 */
#include "guest.h"

#include <sys/random.h>

int main(void)
{
	unsigned char a[32] = { 0 }, b[32] = { 0 };

	CHECK(getrandom(a, sizeof(a), 0) == 32);
	CHECK(getrandom(b, sizeof(b), 0) == 32);
	CHECK(memcmp(a, b, sizeof(a)) != 0);
	REFUSED(getrandom(a, sizeof(a), 0x8000), EINVAL);
	return 0;
}
