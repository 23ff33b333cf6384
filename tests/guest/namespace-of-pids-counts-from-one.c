/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-of-pids-counts-from-one - unshare(NEWUSER | NEWPID): the next child is
 * process 1 in there, a supervisor outside sees its outer number, its children end
 * with it, and nobody can follow it.
 */
#include "notify.h"

static void first(void)
{
	pid_t child;

	CHECK(getpid() == 1 && getpgid(0) == 0 && setsid() == 1);
	CHECK(raw0(SYS_getppid) == 5);
	child = fork();
	if (child == 0) {
		CHECK(getpid() == 2 && kill(1, 0) == 0);
		pause();
	}
	CHECK(child == 2);
}

static void maker(void)
{
	struct seccomp_notif n;
	int listener;
	pid_t child;

	CHECK(raw1(SYS_unshare, CLONE_NEWUSER | CLONE_NEWPID) == 0);
	CHECK(getuid() == 65534); /* nobody, until somebody writes a map */
	listener = listen_for(SYS_getppid, 0);
	child = child_of(first);
	n = receive(listener);
	CHECK(child > 2 && n.pid == (unsigned)child);
	CHECK(answer(listener, n.id, 0, 5, 0) == 0);
	CHECK(end_of(child) == 0);
	REFUSED(fork(), ENOMEM);
}

int main(void)
{
	CHECK(status_of(maker) == 0);
	return 0;
}
