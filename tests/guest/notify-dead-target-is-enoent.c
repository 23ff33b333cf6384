/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-dead-target-is-enoent - a process that is killed while it waits takes its notification
 * along: SEND, ID_VALID and ADDFD say ENOENT.
 */
#include "notify.h"

static void calls(void)
{
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);
	const uint64_t id = receive(listener).id;
	struct seccomp_notif_addfd a;

	CHECK(kill(child, SIGKILL) == 0);
	CHECK(killed_by(end_of(child), SIGKILL));
	REFUSED(answer(listener, id, 0, 0, 0), ENOENT);
	REFUSED(id_valid(listener, id), ENOENT);
	memset(&a, 0, sizeof(a));
	a.id = id;
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a), ENOENT);
	return 0;
}
