/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-calls-are-enosys - numbers that no call has, in the table and far beyond it.
 */
#include "guest.h"

int main(void)
{
	static const long numbers[] = { 1000, 1023, 4096, 65536, 0x7fffffff, -1000, -0x80000000L };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		CHECK(raw0(numbers[i]) == -ENOSYS);
#ifdef __riscv
	CHECK(raw0(38) == -ENOSYS);
	CHECK(raw0(244) == -ENOSYS);
	CHECK(raw0(300) == -ENOSYS);
	CHECK(raw0(511) == -ENOSYS);
	CHECK(raw0(512) == -ENOSYS);
#endif
	return 0;
}
