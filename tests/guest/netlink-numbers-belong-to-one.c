/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink-numbers-belong-to-one - an AF_NETLINK socket gets its process's id as its number, the
 * next one a negative number, and one that another has is refused. Such a socket cannot be shut, or
 * listen.
 */
#include "files.h"

#ifdef __riscv
#include <abi/netlink.h>
#else
#include <linux/netlink.h>
#endif

static int make(void)
{
	const int fd = (int)syscall(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

	CHECK(fd >= 0);
	return fd;
}

static long bind_to(int fd, unsigned number)
{
	const struct sockaddr_nl a = { .nl_family = AF_NETLINK, .nl_pid = number };

	return syscall(SYS_bind, fd, &a, sizeof(a));
}

static int number_of(int fd)
{
	struct sockaddr_nl a = { .nl_pid = 1 };
	unsigned len = sizeof(a);

	CHECK(syscall(SYS_getsockname, fd, &a, &len) == 0 && len == sizeof(a) && a.nl_family == AF_NETLINK);
	return (int)a.nl_pid;
}

int main(void)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK }, none = { .nl_family = AF_UNSPEC };
	const int one = make(), two = make(), three = make(), four = make();

	CHECK(number_of(one) == 0 && bind_to(one, 0) == 0 && number_of(one) == getpid());
	CHECK(bind_to(two, 0) == 0 && number_of(two) < -4096);
	REFUSED(bind_to(three, (unsigned)getpid()), EADDRINUSE);
	REFUSED(bind_to(three, (unsigned)number_of(two)), EADDRINUSE);
	CHECK(syscall(SYS_connect, three, &none, sizeof(none.nl_family)) == 0);
	REFUSED(syscall(SYS_connect, three, &kernel, 1), EINVAL);
	REFUSED(syscall(SYS_connect, three, &kernel, sizeof(kernel) - 1), EINVAL);
	CHECK(syscall(SYS_connect, three, &kernel, sizeof(kernel)) == 0 && number_of(three) < -4096);
	CHECK(number_of(three) != number_of(two));
	CHECK(bind_to(two, (unsigned)number_of(two)) == 0);
	REFUSED(bind_to(two, 0), EINVAL);
	REFUSED(bind_to(two, 77), EINVAL);
	close(one);
	CHECK(bind_to(four, (unsigned)getpid()) == 0 && number_of(four) == getpid());
	REFUSED(syscall(SYS_shutdown, two, SHUT_RD), EOPNOTSUPP);
	REFUSED(syscall(SYS_shutdown, two, 99), EOPNOTSUPP);
	REFUSED(syscall(SYS_listen, two, 1), EOPNOTSUPP);
	REFUSED(syscall(SYS_accept4, two, 0, 0, 0), EOPNOTSUPP);
	return 0;
}
