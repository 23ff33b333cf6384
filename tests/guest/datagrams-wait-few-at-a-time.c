/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * datagrams-wait-few-at-a-time - a socket keeps eleven datagrams of others than its own peer, and
 * tells them by poll(2) when there is room again; bytes are counted with what a buffer costs, so
 * that a queue of small messages is no way to fill the memory.
 */
#include "rights.h"

static long send_until_full(int fd)
{
	long n = 0;

	while (syscall(SYS_sendto, fd, "x", 1, MSG_DONTWAIT, 0, 0) == 1)
		n++;
	CHECK(errno == EAGAIN);
	return n;
}

static void receive_byte(int fd)
{
	char byte;

	CHECK(read(fd, &byte, 1) == 1);
}

int main(void)
{
	struct any_name name = { .family = AF_UNIX, .length = 110 };
	const int to = (int)syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	const int from = (int)syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	const int other = (int)syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	int ends[2];

	CHECK(syscall(SYS_bind, to, &name, 2) == 0 && syscall(SYS_getsockname, to, &name, &name.length) == 0);
	CHECK(syscall(SYS_connect, from, &name, name.length) == 0);
	CHECK(syscall(SYS_connect, other, &name, name.length) == 0);
	CHECK(send_until_full(from) == 11 && send_until_full(other) == 0);
	CHECK((is_ready(other, POLLOUT) & POLLOUT) == 0);
	receive_byte(to);
	CHECK((is_ready(other, POLLOUT) & POLLOUT) != 0);
	CHECK(send_until_full(other) == 1 && send_until_full(from) == 0);

	/* Two that are each other's peers know but the limit of bytes. */
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
	CHECK(send_until_full(ends[0]) == 278);
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(send_until_full(ends[0]) == 278);
	return 0;
}
