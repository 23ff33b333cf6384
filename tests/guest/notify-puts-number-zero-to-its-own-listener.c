/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-puts-number-zero-to-its-own-listener - where an older filter asks about one call and has
 * no listener, and a newer one about number 0, each call gets the answer of the filter that asks.
 */
#include "notify.h"

static void ask(void)
{
	CHECK(raw0(SYS_getppid) == -ENOSYS);
	CHECK(raw0(0) == 77);
}

int main(void)
{
	struct seccomp_notif n;
	int listener;
	pid_t child;

	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF)) == 0);
	listener = listen_for(0, 0);
	child = child_of(ask);
	n = receive(listener);
	CHECK(n.data.nr == 0 && n.pid == (unsigned)child);
	CHECK(answer(listener, n.id, 0, 77, 0) == 0);
	CHECK(exited_with(end_of(child), 0));
	return 0;
}
