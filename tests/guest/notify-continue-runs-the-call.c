/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-continue-runs-the-call - FLAG_CONTINUE lets the original call through; with a
 * result beside it, it is EINVAL.
 */
#include "notify.h"

static pid_t parent;

static void calls(void)
{
	CHECK(raw0(SYS_getppid) == parent);
}

int main(void)
{
	int listener;
	uint64_t id;
	pid_t child;

	parent = getpid();
	listener = listen_for(SYS_getppid, 0);
	child = child_of(calls);
	id = receive(listener).id;
	REFUSED(answer(listener, id, 1, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE), EINVAL);
	REFUSED(answer(listener, id, 0, 1, SECCOMP_USER_NOTIF_FLAG_CONTINUE), EINVAL);
	CHECK(answer(listener, id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
