/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-taken-back-can-be-interrupted - WAIT_KILLABLE_RECV: a notification that its reader did not
 * get, for a bad buffer, has not been received; so a signal of the process that waits ends the
 * wait.
 */
#include "notify.h"

static volatile int handled;

static void on_signal(int number)
{
	(void)number;
	handled++;
}

static void calls(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raw0(SYS_getppid) == -EINTR);
	CHECK(handled == 1);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
	void *unwritable = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const pid_t child = child_of(calls);

	CHECK(unwritable != MAP_FAILED);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, unwritable), EFAULT);
	sleep_ms(20); /* it sleeps again */
	CHECK(kill(child, SIGUSR1) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
