/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-receiver-is-interrupted - a supervisor that waits for a notification hears its signals:
 * RECV is EINTR where the handler does not say SA_RESTART.
 */
#include "interrupted.h"

int main(void)
{
	const int listener = listen_for(SYS_getpgid, 0);
	struct seccomp_notif n;
	pid_t child;

	memset(&n, 0, sizeof(n));
	handle_signals(0);
	child = child_of(interrupt);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n), EINTR);
	CHECK(signals == 1 && end_of(child) == 0);
	return 0;
}
