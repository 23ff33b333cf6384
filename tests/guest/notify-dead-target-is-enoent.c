/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-dead-target-is-enoent - a process that is killed while it waits takes its notification
 * along: SEND, ID_VALID and ADDFD say ENOENT.
 */
#include "notify.h"

#include <sys/time.h>

static void calls(void)
{
	raw0(SYS_getppid);
}

static void nothing(int sig)
{
	(void)sig;
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	pid_t child = child_of(calls);
	const uint64_t id = receive(listener).id;
	struct seccomp_notif_addfd a;
	struct seccomp_notif n;
	const struct sigaction action = { .sa_handler = nothing };	/* no SA_RESTART */
	const struct itimerval soon = { { 0, 100000 }, { 0, 100000 } }; /* and again */

	CHECK(kill(child, SIGKILL) == 0);
	CHECK(killed_by(end_of(child), SIGKILL));
	REFUSED(answer(listener, id, 0, 0, 0), ENOENT);
	REFUSED(id_valid(listener, id), ENOENT);
	memset(&a, 0, sizeof(a));
	a.id = id;
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a), ENOENT);

	/* Of a call that is gone before it was received there is one vain RECV. */
	child = child_of(calls);
	UNTIL(polled(listener) & POLLIN);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(killed_by(end_of(child), SIGKILL));
	memset(&n, 0, sizeof(n));
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n), ENOENT);
	CHECK(sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &soon, NULL) == 0);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n), EINTR);
	return 0;
}
