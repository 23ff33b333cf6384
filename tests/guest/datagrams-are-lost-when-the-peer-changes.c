/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * datagrams-are-lost-when-the-peer-changes - a unix datagram socket that is connected to another
 * one, or to none, loses what is in its queue, and its peer of before hears of that; with an empty
 * queue nobody hears anything. An abstract name is one socket's also while that is connected.
 */
#include "files.h"

#ifndef __riscv
#include <sys/un.h>
#endif

static const struct sockaddr_un none = { .sun_family = AF_UNSPEC };

/* An abstract name: one byte behind a zero. */
static struct sockaddr_un name_of(char c)
{
	return (struct sockaddr_un){ .sun_family = AF_UNIX, .sun_path = { 0, 'd', 'a', 't', c } };
}

static int make(int type, char name)
{
	const struct sockaddr_un a = name_of(name);
	const int fd = (int)syscall(SYS_socket, AF_UNIX, type, 0);

	CHECK(fd >= 0 && syscall(SYS_bind, fd, &a, 7) == 0);
	return fd;
}

static long connect_to(int fd, char name)
{
	const struct sockaddr_un a = name_of(name);

	return syscall(SYS_connect, fd, &a, 7);
}

static int error_of(int fd)
{
	int error = -1;
	unsigned len = sizeof(error);

	CHECK(syscall(SYS_getsockopt, fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0);
	return error;
}

static void datagrams(void)
{
	const int a = make(SOCK_DGRAM, 'a'), b = make(SOCK_DGRAM, 'b'), c = make(SOCK_DGRAM, 'c');
	char byte;

	CHECK(connect_to(a, 'b') == 0 && connect_to(b, 'a') == 0);
	CHECK(write(b, "x", 1) == 1 && is_ready(a, POLLIN) == POLLIN);
	CHECK(connect_to(a, 'b') == 0 && is_ready(a, POLLIN) == POLLIN); /* no change */
	CHECK(connect_to(a, 'c') == 0 && is_ready(a, POLLIN) == 0);
	CHECK(is_ready(b, 0) == POLLERR);
	REFUSED(read(b, &byte, 1), ECONNRESET);
	CHECK(error_of(b) == 0);
	REFUSED(write(b, "x", 1), EPERM); /* a is connected to another one */

	/* c does not send to a, so it hears nothing. */
	CHECK(write(a, "y", 1) == 1 && read(c, &byte, 1) == 1);
	CHECK(syscall(SYS_connect, a, &none, sizeof(none.sun_family)) == 0);
	CHECK(write(b, "z", 1) == 1 && connect_to(a, 'c') == 0 && is_ready(a, POLLIN) == POLLIN);
	CHECK(syscall(SYS_connect, a, &none, sizeof(none.sun_family)) == 0 && is_ready(a, POLLIN) == 0);
	CHECK(error_of(c) == 0 && error_of(b) == 0);
	close(a);
	close(b);
	close(c);
}

static void one_name(void)
{
	const int listener = make(SOCK_STREAM, 'l'), named = make(SOCK_STREAM, 'n'),
		  other = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	const struct sockaddr_un a = name_of('n');

	CHECK(syscall(SYS_listen, listener, 1) == 0 && connect_to(named, 'l') == 0);
	REFUSED(syscall(SYS_bind, other, &a, 7), EADDRINUSE);
	REFUSED(connect_to(other, 'n'), ECONNREFUSED);
	close(named);
	CHECK(syscall(SYS_bind, other, &a, 7) == 0);
}

int main(void)
{
	datagrams();
	one_name();
	return 0;
}
