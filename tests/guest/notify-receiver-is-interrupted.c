/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-receiver-is-interrupted - a supervisor that waits for a notification hears its signals:
 * RECV is EINTR, or goes on where the handler says SA_RESTART, and what comes then is received.
 */
#include "notify.h"

static volatile int signals;
static int supervisor;

static void on_signal(int number)
{
	(void)number;
	signals++;
}

static void handle(int flags)
{
	const struct sigaction action = { .sa_handler = on_signal, .sa_flags = flags };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
}

static void interrupt(void)
{
	until_asleep(supervisor);
	CHECK(kill(supervisor, SIGUSR1) == 0);
}

static void interrupt_and_call(void)
{
	interrupt();
	CHECK(raw1(SYS_getpgid, 0) == 3);
}

int main(void)
{
	const int listener = listen_for(SYS_getpgid, 0);
	struct seccomp_notif n;
	pid_t child;

	memset(&n, 0, sizeof(n));
	supervisor = getpid();
	handle(0);
	child = child_of(interrupt);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n), EINTR);
	CHECK(signals == 1 && end_of(child) == 0);
	handle(SA_RESTART);
	child = child_of(interrupt_and_call);
	CHECK(answer(listener, receive(listener).id, 0, 3, 0) == 0);
	CHECK(signals == 2 && end_of(child) == 0);
	return 0;
}
