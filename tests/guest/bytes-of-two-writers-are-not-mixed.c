/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bytes-of-two-writers-are-not-mixed - who asks who sent (SO_PASSCRED) gets the bytes of one writer
 * at a time, and MSG_WAITALL does not wait for more of another's; who does not ask gets all.
 */
#include "files.h"

static void write_twice(int fd)
{
	const pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid == 0) {
		CHECK(write(fd, "ab", 2) == 2);
		_exit(0);
	}
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(write(fd, "cd", 2) == 2);
}

static long receive(int fd, int flags)
{
	char text[4];

	return syscall(SYS_recvfrom, fd, text, sizeof(text), flags, NULL, NULL);
}

int main(void)
{
	const int on = 1;
	int ends[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	write_twice(ends[0]);
	CHECK(receive(ends[1], 0) == 4);
	write_twice(ends[0]);
	CHECK(receive(ends[1], MSG_WAITALL) == 4);
	CHECK(syscall(SYS_setsockopt, ends[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) == 0);
	write_twice(ends[0]);
	CHECK(receive(ends[1], 0) == 2 && receive(ends[1], 0) == 2);
	write_twice(ends[0]);
	CHECK(receive(ends[1], MSG_WAITALL) == 2);
	return 0;
}
