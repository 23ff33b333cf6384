/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-judges-the-number-as-linux-does - bits above the number of write do not make it a call:
 * strict mode's list is compared with 32 bits, as an int, so the call passes and is then ENOSYS on
 * riscv64; getpid with such bits is fatal on both.
 */
#include "guest.h"

int main(void)
{
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	raw((1L << 32) | SYS_write, -1, 0, 0, 0, 0, 0);
	raw0((1L << 32) | SYS_getpid);
	raw1(SYS_exit, 1);
	return 1;
}
