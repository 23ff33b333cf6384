/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-the-same-filter-again-asks-the-newer - a filter whose listener is closed is installed once
 * more, with a listener: that one is asked, and where nobody listens any more, nobody is.
 */
#include "notify.h"

static void call(void)
{
	CHECK(raw0(SYS_getppid) == 42);
}

int main(void)
{
	const int first = listen_for(SYS_getppid, 0);
	struct seccomp_notif n;
	int second;
	pid_t child;

	close(first);
	CHECK(raw0(SYS_getppid) == -ENOSYS);
	second = listen_for(SYS_getppid, 0);
	child = child_of(call);
	n = receive(second);
	CHECK(n.pid == (uint32_t)child && n.data.nr == SYS_getppid);
	CHECK(answer(second, n.id, 0, 42, 0) == 0);
	CHECK(exited_with(end_of(child), 0));
	/* A third that listens for something else does not take its place. */
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	child = child_of(call);
	n = receive(second);
	CHECK(answer(second, n.id, 0, 42, 0) == 0);
	CHECK(exited_with(end_of(child), 0));
	close(second);
	CHECK(raw0(SYS_getppid) == -ENOSYS && raw0(SYS_getuid) == -1);
	return 0;
}
