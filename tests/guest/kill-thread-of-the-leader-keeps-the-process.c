/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill-thread-of-the-leader-keeps-the-process - the first thread killed while another lives: the
 * process ends later, with the other's exit status.
 */
#include "guest.h"

static struct thread other;

static int wait_and_exit(void *unused)
{
	const struct timespec wanted = { 0, 100000000 };

	(void)unused;
	raw(SYS_nanosleep, (long)&wanted, 0, 0, 0, 0, 0);
	raw1(SYS_exit_group, 9);
	return 0;
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_THREAD)) == 0);
	thread_start(&other, wait_and_exit, NULL);
	getppid();
	return 1;
}
