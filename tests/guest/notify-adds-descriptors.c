/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-adds-descriptors - ADDFD puts a descriptor of the supervisor's into the waiting process:
 * at the lowest number, or where it is told, or as the call's result. When that process and the
 * supervisor have closed it, nobody holds it any more.
 */
#include "notify.h"

static int theirs[2];

static void calls(void)
{
	char byte = 0;

	close(theirs[0]);
	close(theirs[1]);
	CHECK(raw0(SYS_getppid) == 0);
	CHECK(write(40, "a", 1) == 1 && fcntl(40, F_GETFD) == FD_CLOEXEC);
	CHECK(write(theirs[0], "b", 1) == 1 && fcntl(theirs[0], F_GETFD) == 0);
	CHECK(raw0(SYS_getppid) == theirs[1]);
	CHECK(write(theirs[1], "c", 1) == 1);
	CHECK(read(40, &byte, 1) == -1);
}

static int give(int listener, uint64_t id, unsigned flags, int newfd, unsigned newfd_flags)
{
	struct seccomp_notif_addfd a;

	memset(&a, 0, sizeof(a));
	a.id = id;
	a.flags = flags;
	a.srcfd = (unsigned)theirs[1];
	a.newfd = (unsigned)newfd;
	a.newfd_flags = newfd_flags;
	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	char got[3];
	pid_t child;
	uint64_t id;

	CHECK(pipe(theirs) == 0);
	child = child_of(calls);
	id = receive(listener).id;
	REFUSED(give(listener, id, 0, 0, O_APPEND), EINVAL);
	REFUSED(give(listener, id, 4, 0, 0), EINVAL);
	REFUSED(give(listener, id, 0, 5, 0), EINVAL);
	REFUSED(give(listener, id, SECCOMP_ADDFD_FLAG_SEND, 5, 0), EINVAL);
	REFUSED(give(listener, id + 1, 0, 0, 0), ENOENT);
	CHECK(give(listener, id, SECCOMP_ADDFD_FLAG_SETFD, 40, O_CLOEXEC) == 40);
	CHECK(give(listener, id, 0, 0, 0) == theirs[0]);
	CHECK(answer(listener, id, 0, 0, 0) == 0);
	id = receive(listener).id;
	CHECK(give(listener, id, SECCOMP_ADDFD_FLAG_SEND, 0, 0) == theirs[1]);
	REFUSED(give(listener, id, 0, 0, 0), ENOENT);
	CHECK(end_of(child) == 0);
	CHECK(read(theirs[0], got, 3) == 3 && memcmp(got, "abc", 3) == 0);
	CHECK(close(theirs[1]) == 0 && fcntl(theirs[0], F_SETFL, O_NONBLOCK) == 0 && read(theirs[0], got, 3) == 0);
	return 0;
}
