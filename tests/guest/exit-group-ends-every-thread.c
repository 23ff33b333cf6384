/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit-group-ends-every-thread - one thread's exit_group ends a process whose
 * other threads compute and sleep.
 */
#include "guest.h"

static struct thread busy, last;

static int spin(void *unused)
{
	(void)unused;
	for (;;)
		__asm__ volatile("");
	return 0;
}

static int leave(void *unused)
{
	(void)unused;
	raw1(SYS_exit_group, 12);
	return 0;
}

int main(void)
{
	thread_start(&busy, spin, NULL);
	thread_start(&last, leave, NULL);
	for (;;)
		sleep_ms(1000);
}
