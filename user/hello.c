/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hello - a program without a filter.
 *
 * Look for: nothing from the kernel. Now bring a filter from outside, written by whatever tool you
 * like: ./qemu.sh run --explain -f FILE hello
 */
#include <stdio.h>

int main(void)
{
	printf("hello: hello, world\n");
	return 0;
}
