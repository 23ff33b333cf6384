/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pointers-across-the-top-are-efault - a buffer that begins in user space and ends beyond
 * it, or wraps around, is EFAULT.
 */
#include "guest.h"

int main(void)
{
	const int zero = open("/dev/zero", O_RDONLY);
	int fds[2];

	CHECK(zero >= 0);
	CHECK(pipe2(fds, 0) == 0);
	REFUSED(syscall(SYS_read, zero, -8L, 16L), EFAULT);
	REFUSED(syscall(SYS_write, fds[1], -1L, 1L), EFAULT);
	REFUSED(syscall(SYS_write, fds[1], -4096L, 8192L), EFAULT);
	REFUSED(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, -8L), EFAULT);
	return 0;
}
