/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-without-a-listener-is-enosys - for a filter that never had one; for the newest filter
 * though an older one has one; after close.
 */
#include "notify.h"

static void calls(void)
{
	CHECK(raw0(SYS_getppid) == -ENOSYS);
}

int main(void)
{
	int listener;
	pid_t child;

	CHECK(INSTALL(0, ON(SYS_getsid, SECCOMP_RET_USER_NOTIF)) == 0);
	CHECK(raw0(SYS_getsid) == -ENOSYS);

	listener = listen_for(SYS_getpgid, 0);
	CHECK(INSTALL(0, ON(SYS_getpgid, SECCOMP_RET_USER_NOTIF)) == 0);
	CHECK(raw0(SYS_getpgid) == -ENOSYS);
	close(listener);

	listener = listen_for(SYS_getppid, 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(listener);
		calls(); /* waits, until the parent closes its end, too */
		calls();
		_exit(0);
	}
	receive(listener);
	close(listener);
	CHECK(end_of(child) == 0);
	return 0;
}
