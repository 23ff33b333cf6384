/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-of-a-sibling-shows-no-pid - a supervisor that cannot see the asking
 * process is told that its number is 0.
 */
#include "notify.h"

static int listener;

static void asks(void)
{
	CHECK(raw0(SYS_getppid) == 9);
}

static void asks_in_its_own(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	CHECK(status_of(asks) == 0);
}

static void answers(void)
{
	const struct seccomp_notif n = receive(listener);

	CHECK(n.pid == 0);
	CHECK(answer(listener, n.id, 0, 9, 0) == 0);
}

int main(void)
{
	pid_t child;

	listener = listen_for(SYS_getppid, 0);
	child = child_of(asks_in_its_own);
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	CHECK(status_of(answers) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
