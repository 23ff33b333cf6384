/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack-grows-to-a-megabyte - a program may use a megabyte of stack without asking.
 */
#include "guest.h"

__attribute__((noinline)) static int use(void)
{
	volatile char big[1024 * 1024];

	for (size_t i = sizeof(big); i > 0; i -= 4096)
		big[i - 1] = (char)(i >> 12);
	return big[4095] == 1;
}

int main(void)
{
	CHECK(use());
	return 0;
}
