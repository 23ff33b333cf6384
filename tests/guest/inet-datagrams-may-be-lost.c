/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet-datagrams-may-be-lost - datagrams go to who is bound to a port, with the sender's name;
 * where nobody is, or nobody has room, they are lost, and only a connected sender is told.
 */
#include "inet.h"

static char much[70000];

/* Receives one datagram from FD, which must be from FROM: its length. */
static long receive_from(int fd, const union address *from)
{
	union address name = { .family = 0 };
	unsigned len = sizeof(name);
	const long n = syscall(SYS_recvfrom, fd, much, sizeof(much), MSG_DONTWAIT, &name, &len);

	CHECK(n < 0 || (len == size_of(from) && memcmp(&name, from, len) == 0));
	return n;
}

static void lost(int fd, union address at)
{
	long sent = 0, got = 0;

	while (sent < 1000 && send_to(fd, much, 8192, at) == 8192)
		sent++;
	CHECK(sent == 1000);
	for (const int to = fd; syscall(SYS_recvfrom, to, much, sizeof(much), MSG_DONTWAIT, 0, 0) >= 0; got++)
		;
	CHECK(errno == EAGAIN && got > 0 && got < sent);
}

int main(void)
{
	const int one = udp(AF_INET), two = udp(AF_INET), third = udp(AF_INET), six = udp(AF_INET6);
	union address a = v4(LOCAL, 0), b, nobody;

	CHECK(bind_to(one, a) == 0);
	a = name_of(one, false);
	CHECK(send_to(two, "hello", 5, a) == 5);
	b = name_of(two, false);
	CHECK(port_of(&b) != 0 && b.v4.ip[0] == 0); /* it is bound, to all addresses */
	memcpy(b.v4.ip, LOCAL, 4);
	CHECK(receive_from(one, &b) == 5 && memcmp(much, "hello", 5) == 0);
	CHECK(send_to(one, "", 0, b) == 0);
	CHECK(receive_from(two, &a) == 0);
	REFUSED(receive_from(two, &a), EAGAIN);

	/* Connected: heard from one only. */
	CHECK(connect_to(two, a) == 0);
	b = name_of(two, false);
	CHECK(memcmp(b.v4.ip, LOCAL, 4) == 0);
	CHECK(send_to(third, "no", 2, b) == 2);
	REFUSED(receive_from(two, &a), EAGAIN);
	CHECK(write(two, "yes", 3) == 3 && receive_from(one, &b) == 3);
	CHECK(syscall(SYS_connect, two, &(union address){ .family = AF_UNSPEC }, 16) == 0);
	REFUSED(write(two, "x", 1), EDESTADDRREQ);

	/* Nobody is there. */
	CHECK(bind_to(six, v6(1, 0)) == 0);
	nobody = v4(LOCAL, 0);
	close(listen_at(&nobody));
	CHECK(send_to(third, "x", 1, nobody) == 1 && send_to(third, "x", 1, nobody) == 1);
	CHECK(connect_to(third, nobody) == 0);
	CHECK(write(third, "x", 1) == 1);
	sleep_ms(20);
	REFUSED(write(third, "x", 1), ECONNREFUSED);
	CHECK(write(third, "x", 1) == 1);
	sleep_ms(20);
	REFUSED(read(third, much, 1), ECONNREFUSED);

	REFUSED(send_to(one, much, 65508, a), EMSGSIZE);
	CHECK(send_to(one, much, 65507, a) == 65507 && receive_from(one, &a) == 65507);
	REFUSED(send_to(one, much, 1, v4(LOCAL, 0)), EINVAL);
	REFUSED(syscall(SYS_listen, one, 1), EOPNOTSUPP);
	REFUSED(syscall(SYS_sendto, one, much, 1, 0, &a, 0), EINVAL);
	CHECK(connect_to(two, a) == 0);
	REFUSED(syscall(SYS_sendto, two, much, 1, 0, &a, 0), EINVAL);
	CHECK(syscall(SYS_sendto, two, much, 1, 0, 0, 0) == 1 && read(one, much, sizeof(much)) == 1);
	b = name_of(six, false);
	REFUSED(send_to(six, much, 65528, b), EMSGSIZE);
	CHECK(send_to(six, much, 65527, b) == 65527 && receive_from(six, &b) == 65527);
	REFUSED(syscall(SYS_sendto, six, much, 1, 0, &b, 0), EINVAL);
	CHECK(syscall(SYS_shutdown, two, SHUT_WR) == 0);
	REFUSED(write(two, much, 1), EPIPE);
	lost(one, a);
	return 0;
}
