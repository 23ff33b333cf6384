/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-listener-may-be-descriptor-zero - a listener gets the lowest descriptor that is free, and
 * is a listener whichever it is.
 */
#include "notify.h"

static void ask(void)
{
	CHECK(raw0(SYS_getppid) == 66);
}

int main(void)
{
	struct seccomp_notif n;
	pid_t child;

	set_no_new_privs();
	CHECK(close(0) == 0);
	CHECK(listen_for(SYS_getppid, 0) == 0);
	CHECK(fcntl(0, F_GETFD) == FD_CLOEXEC);
	child = child_of(ask);
	n = receive(0);
	CHECK(n.data.nr == SYS_getppid && n.pid == (unsigned)child);
	CHECK(answer(0, n.id, 0, 66, 0) == 0);
	CHECK(exited_with(end_of(child), 0));
	return 0;
}
