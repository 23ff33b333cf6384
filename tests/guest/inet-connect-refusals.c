/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet-connect-refusals - what is not there refuses: no listener, no family, no such address;
 * without waiting it is told later.
 */
#include "inet.h"

#include <fcntl.h>
#include <poll.h>

/* A port that nobody has, but for a moment. */
static int free_port(void)
{
	union address a = v4(LOCAL, 0);
	const int fd = listen_at(&a);

	close(fd);
	return port_of(&a);
}

static void without_waiting(void)
{
	union address at = v4(LOCAL, 0);
	const int listener = listen_at(&at), one = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct pollfd p = { .fd = one, .events = POLLOUT };
	int fd;

	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLOUT | POLLHUP));
	REFUSED(connect_to(one, at), EINPROGRESS);
	CHECK(poll(&p, 1, 1000) == 1 && p.revents == POLLOUT);
	CHECK(get_option(one, SOL_SOCKET, SO_ERROR) == 0);
	CHECK(connect_to(one, at) == 0);
	REFUSED(connect_to(one, at), EISCONN);
	REFUSED(syscall(SYS_read, one, &fd, 1), EAGAIN);
	close(one);

	fd = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	p.fd = fd;
	REFUSED(connect_to(fd, v4(LOCAL, free_port())), EINPROGRESS);
	CHECK(poll(&p, 1, 1000) == 1 && (p.revents & (POLLERR | POLLHUP)) == (POLLERR | POLLHUP));
	CHECK(get_option(fd, SOL_SOCKET, SO_ERROR) == ECONNREFUSED);
	CHECK(get_option(fd, SOL_SOCKET, SO_ERROR) == 0);
	REFUSED(connect_to(fd, at), ECONNABORTED); /* it was told already that it is refused */
	REFUSED(connect_to(fd, at), EINPROGRESS);
	CHECK(poll(&p, 1, 1000) == 1 && connect_to(fd, at) == 0);
	close(fd);
	close(listener);
}

/* Bytes out of band, and errors of what was sent, of which there are none. */
static void special_kinds(int connected)
{
	const int datagrams = udp(AF_INET);
	char c = 0;
	const struct {
		void *name;
		int name_length;
		uint64_t rest[5];
	} m = { .name = &c, .name_length = -1 }; /* a struct msghdr */
	const int netlink = (int)syscall(SYS_socket, 16 /* AF_NETLINK */, SOCK_RAW, 0);
	int pair[2], seqpackets[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0 &&
	      syscall(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET, 0, seqpackets) == 0);
	REFUSED(syscall(SYS_recvfrom, connected, &c, 1, MSG_OOB, 0, 0), EINVAL);
	REFUSED(syscall(SYS_recvfrom, connected, &c, 1, MSG_ERRQUEUE, 0, 0), EAGAIN);
	REFUSED(syscall(SYS_recvfrom, datagrams, &c, 1, MSG_ERRQUEUE, 0, 0), EAGAIN);
	REFUSED(syscall(SYS_recvfrom, datagrams, &c, 1, MSG_OOB | MSG_DONTWAIT, 0, 0), EAGAIN);
	REFUSED(syscall(SYS_recvfrom, pair[0], &c, 1, MSG_OOB, 0, 0), EINVAL);
	REFUSED(syscall(SYS_recvfrom, seqpackets[0], &c, 1, MSG_OOB, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_recvfrom, netlink, &c, 1, MSG_OOB | MSG_DONTWAIT, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_sendto, netlink, &c, 1, MSG_OOB, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_sendto, seqpackets[0], &c, 1, MSG_OOB, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_sendto, datagrams, &c, 1, MSG_OOB, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_recvmsg, connected, &m, MSG_DONTWAIT), EINVAL);
	REFUSED(syscall(SYS_sendmsg, connected, &m, MSG_DONTWAIT), EINVAL);
}

int main(void)
{
	int fd = tcp(AF_INET), six = tcp(AF_INET6), other;
	union address a = v4(LOCAL, 0);
	char c;

	REFUSED(connect_to(fd, v4(LOCAL, free_port())), ECONNREFUSED);
	REFUSED(connect_to(six, v6(1, free_port())), ECONNREFUSED);
	REFUSED(connect_to(six, v4(LOCAL, 1)), EINVAL); /* it is shorter than the family's */
	REFUSED(syscall(SYS_connect, fd, &a, 15), EINVAL);
	REFUSED(syscall(SYS_connect, fd, &a, 1), EINVAL);
	a.family = AF_UNIX;
	REFUSED(syscall(SYS_connect, fd, &a, 16), EAFNOSUPPORT);
	REFUSED(syscall(SYS_bind, fd, &a, 16), EAFNOSUPPORT);
	REFUSED(read(fd, &c, 1), ENOTCONN);
	REFUSED(syscall(SYS_sendto, fd, "x", 1, MSG_NOSIGNAL, 0, 0), EPIPE);
	REFUSED(syscall(SYS_shutdown, fd, SHUT_RDWR), ENOTCONN);
	REFUSED(syscall(SYS_getpeername, fd, &a, &(unsigned){ sizeof(a) }), ENOTCONN);
	REFUSED(syscall(SYS_accept4, fd, 0, 0, 0), EINVAL);

	/* A connection that was refused can be tried again. */
	a = v4(LOCAL, 0);
	other = listen_at(&a);
	CHECK(connect_to(fd, a) == 0);
	REFUSED(connect_to(other, a), EISCONN);
	REFUSED(syscall(SYS_socketpair, AF_INET, SOCK_STREAM, 0, (int[2]){ 0 }), EOPNOTSUPP);
	REFUSED(syscall(SYS_socket, AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	REFUSED(syscall(SYS_socket, AF_INET, SOCK_SEQPACKET, 0), ESOCKTNOSUPPORT);
	without_waiting();
	special_kinds(fd);
	return 0;
}
