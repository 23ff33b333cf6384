/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-adds-descriptor-zero - ADDFD gives the lowest number that is free, be it 0, which is no
 * failure: the descriptor can be used, and with SEND the call returns it. The supervisor keeps its
 * own.
 */
#include "notify.h"

static int pipes[2];

static void calls(void)
{
	CHECK(close(0) == 0 && close(pipes[1]) == 0);
	CHECK(raw0(SYS_getppid) == 3);
	CHECK(write(0, "a", 1) == 1 && close(0) == 0);
	CHECK(raw0(SYS_getppid) == 0);
	CHECK(write(0, "b", 1) == 1 && close(0) == 0);
}

static int give(int listener, uint64_t id, unsigned flags)
{
	const struct seccomp_notif_addfd a = { .id = id, .flags = flags, .srcfd = (unsigned)pipes[1] };

	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	char got[3];
	pid_t child;
	uint64_t id;

	CHECK(pipe2(pipes, 0) == 0);
	child = child_of(calls);
	id = receive(listener).id;
	CHECK(give(listener, id, 0) == 0);
	CHECK(answer(listener, id, 0, 3, 0) == 0);
	CHECK(give(listener, receive(listener).id, SECCOMP_ADDFD_FLAG_SEND) == 0);
	CHECK(end_of(child) == 0);
	CHECK(write(pipes[1], "c", 1) == 1);
	CHECK(read(pipes[0], got, 3) == 3 && memcmp(got, "abc", 3) == 0);
	return 0;
}
