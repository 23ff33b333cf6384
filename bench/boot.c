/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c - a first program that says when its first instruction ran, in instructions since the
 * machine was reset; then it turns the machine off. What bench/run.sh starts Linux with, whose
 * start is too long to be traced instruction by instruction.
 */
#include <stdio.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

unsigned long started; /* ticks of 100 ns: under -icount shift=0, 100 instructions each */

/* The entry: linked with -e stamp. */
__asm__(".globl stamp\n"
	".option push\n"
	".option norelax\n" /* gp is not there yet */
	"stamp:\n"
	"	rdtime	t0\n"
	"	lla	t1, started\n"
	"	sd	t0, (t1)\n"
	"	j	_start\n"
	".option pop\n");

int main(void)
{
	char line[32];
	int n = snprintf(line, sizeof(line), "started at %lu\n", started * 100);

	/* The first program of Linux's may have no standard output yet. */
	syscall(SYS_write, 1, line, n);
	reboot(RB_POWER_OFF);
	return 0;
}
