/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nr-minus-one-is-filtered-then-enosys - number -1 is no way round a
 * filter, and otherwise does not exist.
 */
#include "guest.h"

int main(void)
{
	CHECK(raw0(-1) == -ENOSYS);
	CHECK(INSTALL(0, ON(0xffffffff, ERRNO(77))) == 0);
	CHECK(raw0(-1) == -77);
	CHECK(raw0(-2) == -ENOSYS);
	return 0;
}
