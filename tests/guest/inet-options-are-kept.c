/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet-options-are-kept - what servers set on their sockets is accepted, told again, and refused
 * where Linux refuses it.
 */
#include "inet.h"

static const struct {
	int level, option, initial, value, wrong;
} rows[] = {
	{ IPPROTO_TCP, TCP_NODELAY, 0, 1, 0 },
	{ IPPROTO_TCP, TCP_CORK, 0, 1, 0 },
	{ IPPROTO_TCP, TCP_KEEPIDLE, 7200, 60, 0 },
	{ IPPROTO_TCP, TCP_KEEPINTVL, 75, 5, 32768 },
	{ IPPROTO_TCP, TCP_KEEPCNT, 9, 3, 128 },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, 0, 1000, -1 },
	{ IPPROTO_IP, IP_TOS, 0, 16, 0 },
	{ IPPROTO_IP, IP_TTL, 64, 32, 256 },
	{ IPPROTO_IP, IP_RECVERR, 0, 1, 0 },
	{ SOL_SOCKET, SO_REUSEADDR, 0, 1, 0 },
	{ SOL_SOCKET, SO_REUSEPORT, 0, 1, 0 },
	{ SOL_SOCKET, SO_KEEPALIVE, 0, 1, 0 },
	{ SOL_SOCKET, SO_OOBINLINE, 0, 1, 0 },
	{ IPPROTO_TCP, TCP_QUICKACK, 1, 0, 0 },
	{ IPPROTO_TCP, 25, 0, -1, 0 },
	{ IPPROTO_IP, 24, 0, 1, 0 },
};

static void without_rights(void)
{
	const int fd = tcp(AF_INET);

	drop_privileges();
	REFUSED(set_option(fd, SOL_SOCKET, SO_SNDBUFFORCE, 10000), EPERM);
	REFUSED(set_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, 10000), EPERM);
}

/* What accept(2) returns has the listener's options, as they were when it was connected. */
static void accepted_has_the_listeners(int listener)
{
	const long time[2] = { 3, 0 }; /* a struct timeval */
	const int linger[2] = { 1, 7 };
	long time_got[2] = { 0, 0 };
	int linger_got[2] = { 0, 0 }, fd, end;
	unsigned len = sizeof(linger_got);
	union address a = v4(LOCAL, 0);

	CHECK(syscall(SYS_setsockopt, listener, SOL_SOCKET, SO_LINGER, linger, sizeof(linger)) == 0);
	CHECK(syscall(SYS_setsockopt, listener, SOL_SOCKET, 20 /* SO_RCVTIMEO */, time, sizeof(time)) == 0);
	CHECK(set_option(listener, SOL_SOCKET, SO_PRIORITY, 5) == 0);
	CHECK(set_option(listener, SOL_SOCKET, SO_RCVBUF, 30000) == 0);
	CHECK(set_option(listener, SOL_SOCKET, SO_SNDBUF, 20000) == 0);
	CHECK(bind_to(listener, a) == 0 && syscall(SYS_listen, listener, 8) == 0);
	a = name_of(listener, false);
	fd = tcp(AF_INET);
	CHECK(connect_to(fd, a) == 0);
	end = (int)syscall(SYS_accept4, listener, 0, 0, 0);
	CHECK(end >= 0);
	for (size_t n = 0; n < COUNT_OF(rows); n++)
		CHECK(get_option(end, rows[n].level, rows[n].option) ==
		      (rows[n].option == TCP_QUICKACK && rows[n].level == IPPROTO_TCP ? 1 : rows[n].value));
	CHECK(get_option(end, SOL_SOCKET, SO_PRIORITY) == 0); /* not this */
	CHECK(get_option(end, SOL_SOCKET, SO_RCVBUF) == 60000 && get_option(end, SOL_SOCKET, SO_SNDBUF) == 40000);
	CHECK(syscall(SYS_getsockopt, end, SOL_SOCKET, SO_LINGER, linger_got, &len) == 0);
	CHECK(linger_got[0] == 1 && linger_got[1] == 7);
	len = sizeof(time_got);
	CHECK(syscall(SYS_getsockopt, end, SOL_SOCKET, 20 /* SO_RCVTIMEO */, time_got, &len) == 0 && time_got[0] == 3);
	CHECK(get_option(fd, IPPROTO_TCP, TCP_NODELAY) == 0);
}

int main(void)
{
	const int fd = tcp(AF_INET), six = tcp(AF_INET6), datagram = udp(AF_INET);
	int linger[2] = { 7, 7 };
	unsigned len = sizeof(linger);
	int urgent = 7;

	CHECK(syscall(SYS_ioctl, fd, 0x8905, &urgent) == 0 && urgent == 0); /* SIOCATMARK */
	REFUSED(syscall(SYS_ioctl, fd, 0x8905, 8), EFAULT);
	REFUSED(syscall(SYS_ioctl, datagram, 0x8905, &urgent), ENOTTY);
	for (size_t n = 0; n < COUNT_OF(rows); n++) {
		CHECK(get_option(fd, rows[n].level, rows[n].option) == rows[n].initial);
		CHECK(set_option(fd, rows[n].level, rows[n].option, rows[n].value) == 0);
		CHECK(get_option(fd, rows[n].level, rows[n].option) == rows[n].value);
		if (rows[n].wrong != 0)
			REFUSED(set_option(fd, rows[n].level, rows[n].option, rows[n].wrong), EINVAL);
	}
	CHECK(get_option(fd, SOL_SOCKET, SO_PRIORITY) == 6); /* IP_TOS says so */
	CHECK(set_option(fd, IPPROTO_IP, IP_TOS, 0x1b) == 0 && get_option(fd, IPPROTO_IP, IP_TOS) == 0x18);
	CHECK(get_option(fd, SOL_SOCKET, SO_PRIORITY) == 4 && set_option(fd, IPPROTO_IP, IP_TOS, 16) == 0);
	CHECK(set_option(datagram, IPPROTO_IP, IP_TOS, 0x0b) == 0 && get_option(datagram, IPPROTO_IP, IP_TOS) == 0x0b);
	/* A time that is kept as how often something is repeated. */
	CHECK(set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 5) == 0);
	CHECK(get_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT) == 7);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 100) == 0);
	CHECK(get_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT) == 127);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, 300) == 0);
	CHECK(get_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT) == 367);
	CHECK(set_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, -1) == 0);
	CHECK(get_option(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT) == 0);
	REFUSED(syscall(SYS_setsockopt, fd, IPPROTO_TCP, TCP_NODELAY, &len, 3), EINVAL);
	REFUSED(set_option(fd, IPPROTO_TCP, 9999, 1), ENOPROTOOPT);
	REFUSED(set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1), ENOPROTOOPT);
	REFUSED(set_option(datagram, IPPROTO_TCP, TCP_NODELAY, 1), ENOPROTOOPT);
	CHECK(set_option(six, SOL_SOCKET, SO_PRIORITY, 6) == 0 && get_option(six, SOL_SOCKET, SO_PRIORITY) == 6);
	CHECK(get_option(six, IPPROTO_IPV6, IPV6_V6ONLY) == 0);
	CHECK(set_option(six, IPPROTO_IPV6, IPV6_V6ONLY, 5) == 0 && get_option(six, IPPROTO_IPV6, IPV6_V6ONLY) == 1);
	CHECK(get_option(fd, SOL_SOCKET, SO_DOMAIN) == AF_INET && get_option(six, SOL_SOCKET, SO_DOMAIN) == AF_INET6);
	CHECK(get_option(fd, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP);
	CHECK(get_option(datagram, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_UDP);
	CHECK(set_option(fd, SOL_SOCKET, SO_SNDBUF, 10000) == 0 && get_option(fd, SOL_SOCKET, SO_SNDBUF) == 20000);
	CHECK(set_option(fd, SOL_SOCKET, SO_RCVBUF, 1) == 0 && get_option(fd, SOL_SOCKET, SO_RCVBUF) == 2304);
	CHECK(set_option(fd, SOL_SOCKET, SO_SNDBUF, 1) == 0 && get_option(fd, SOL_SOCKET, SO_SNDBUF) == 4608);
	CHECK(set_option(fd, SOL_SOCKET, SO_SNDBUFFORCE, 2000000) == 0);
	CHECK(get_option(fd, SOL_SOCKET, SO_SNDBUF) == 4000000);
	CHECK(set_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, -5) == 0 && get_option(fd, SOL_SOCKET, SO_RCVBUF) == 2304);
	CHECK(status_of(without_rights) == 0);
	CHECK(syscall(SYS_getsockopt, fd, SOL_SOCKET, SO_LINGER, linger, &len) == 0 && len == 8 && linger[0] == 0);
	REFUSED(set_option(fd, SOL_SOCKET, SO_LINGER, 1), EINVAL);
	accepted_has_the_listeners(fd);
	return 0;
}
