/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strace.c - makes the calls on standard input, of which none does anything, so that strace
 * writes them in its words; ../tables.sh compares ours. A line is the call's number on this
 * machine and its six arguments.
 */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	unsigned long a[6];
	long nr;

	while (scanf("%ld %lx %lx %lx %lx %lx %lx", &nr, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]) == 7)
		syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	return 0;
}
