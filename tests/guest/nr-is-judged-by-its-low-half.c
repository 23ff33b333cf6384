/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nr-is-judged-by-its-low-half - the filter sees 32 bits of the number; with something above them
 * riscv64 answers ENOSYS, x86-64 runs the call.
 */
#include "guest.h"

int main(void)
{
	const long wide = (1L << 32) | SYS_getppid;

#ifdef __riscv
	CHECK(raw0(wide) == -ENOSYS);
#else
	CHECK(raw0(wide) > 0);
#endif
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(77))) == 0);
	CHECK(raw0(wide) == -77);
	CHECK(raw0(SYS_getppid | ((long)0x80000000 << 32)) == -77);
	return 0;
}
