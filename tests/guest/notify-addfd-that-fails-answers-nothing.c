/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-that-fails-answers-nothing - ADDFD says what kept the waiting process from taking
 * the descriptor: no room in its table, a number beyond its limit; that it has not been received
 * yet. With SEND, too, the call waits on, and can be answered. Nobody holds what was not taken.
 */
#include "notify.h"

#include <sys/resource.h>

static int pipes[2];

static void calls(void)
{
	const struct rlimit none = { 0, 4096 };
	const struct rlimit all = { 4096, 4096 };

	CHECK(close(pipes[1]) == 0);
	CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
	CHECK(raw0(SYS_getppid) == 7);
	CHECK(setrlimit(RLIMIT_NOFILE, &all) == 0);
	CHECK(raw0(SYS_getppid) == 100);
	CHECK(fcntl(100, F_GETFD) == 0);
}

static int give(int listener, uint64_t id, unsigned flags, unsigned newfd)
{
	const struct seccomp_notif_addfd a = { .id = id, .flags = flags, .srcfd = (unsigned)pipes[1], .newfd = newfd };

	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	pid_t child;
	uint64_t id;
	char byte;

	CHECK(pipe2(pipes, O_NONBLOCK) == 0);
	child = child_of(calls);
	id = receive(listener).id;
	REFUSED(give(listener, id, 0, 0), EMFILE);
	REFUSED(give(listener, id, SECCOMP_ADDFD_FLAG_SETFD, 100), EBADF);
	REFUSED(give(listener, id, SECCOMP_ADDFD_FLAG_SEND, 0), EMFILE);
	REFUSED(give(listener, id, SECCOMP_ADDFD_FLAG_SEND | SECCOMP_ADDFD_FLAG_SETFD, 100), EBADF);
	CHECK(id_valid(listener, id) == 0);
	CHECK(answer(listener, id, 0, 7, 0) == 0);
	UNTIL(polled(listener) & POLLIN);
	REFUSED(give(listener, id + 1, 0, 0), EINPROGRESS);
	id = receive(listener).id;
	CHECK(give(listener, id, SECCOMP_ADDFD_FLAG_SEND | SECCOMP_ADDFD_FLAG_SETFD, 100) == 100);
	CHECK(end_of(child) == 0);
	CHECK(close(pipes[1]) == 0 && read(pipes[0], &byte, 1) == 0);
	return 0;
}
