/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet-ports-belong-to-one - a port is one socket's, for the addresses that it is bound to, unless
 * both said that they share it; the low ones are root's.
 */
#include "inet.h"

#include <sched.h>

static int bound(int family, union address a)
{
	const int fd = tcp(family);

	return bind_to(fd, a) == 0 ? fd : -errno;
}

/* Binds two listeners to one port, both with OPTION: the second one's errno, or 0. */
static int two_with(int option)
{
	union address a = v4(LOCAL, 0);
	const int one = tcp(AF_INET), two = tcp(AF_INET);
	int error = 0;

	CHECK(set_option(one, SOL_SOCKET, option, 1) == 0 && set_option(two, SOL_SOCKET, option, 1) == 0);
	CHECK(bind_to(one, a) == 0);
	a = name_of(one, false);
	CHECK(syscall(SYS_listen, one, 1) == 0);
	if (bind_to(two, a) != 0 || syscall(SYS_listen, two, 1) != 0)
		error = errno;
	close(one);
	close(two);
	return error;
}

int main(void)
{
	union address a = v4(LOCAL, 0);
	const int fd = listen_at(&a), port = port_of(&a);
	int other;

	REFUSED(bind_to(fd, a), EINVAL);
	CHECK(bound(AF_INET, a) == -EADDRINUSE);
	CHECK(bound(AF_INET, v4(V4(0, 0, 0, 0), port)) == -EADDRINUSE);
	CHECK(bound(AF_INET6, v6(0, port)) == -EADDRINUSE);
	other = bound(AF_INET, v4(V4(127, 0, 0, 2), port));
	CHECK(other >= 0);
	close(other);
	other = bound(AF_INET6, v6(1, port));
	CHECK(other >= 0);
	close(other);
	other = udp(AF_INET);
	CHECK(bind_to(other, a) == 0);
	close(other);
	other = tcp(AF_INET6);
	CHECK(set_option(other, IPPROTO_IPV6, IPV6_V6ONLY, 1) == 0 && bind_to(other, v6(0, port)) == 0);
	REFUSED(set_option(other, IPPROTO_IPV6, IPV6_V6ONLY, 0), EINVAL);
	close(other);
	close(fd);
	other = bound(AF_INET, a);
	CHECK(other >= 0);
	close(other);

	CHECK(two_with(SO_REUSEADDR) == EADDRINUSE);
	CHECK(two_with(SO_REUSEPORT) == 0);
	CHECK(two_with(SO_KEEPALIVE) == EADDRINUSE);
	CHECK(bound(AF_INET, v4(V4(192, 0, 2, 1), 0)) == -EADDRNOTAVAIL);
	CHECK(bound(AF_INET6, v6(7, 0)) == -EADDRNOTAVAIL);

	other = bound(AF_INET, v4(LOCAL, 1023));
	CHECK(other >= 0);
	CHECK(syscall(SYS_setuid, 65534) == 0);
	CHECK(bound(AF_INET, v4(LOCAL, 1022)) == -EACCES);
	REFUSED(syscall(SYS_socket, AF_INET, SOCK_RAW, IPPROTO_UDP), EPERM);
	return 0;
}
