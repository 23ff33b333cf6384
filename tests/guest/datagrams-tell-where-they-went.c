/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * datagrams-tell-where-they-went - IP_PKTINFO and its kin: who is bound to all addresses learns to
 * which one a datagram was sent, and answers from there; the time to live and the type of service
 * are told, too, and may be chosen for one message.
 */
#include "inet.h"

#ifndef IP_PKTINFO
#define IP_PKTINFO 8
#endif
#define RECVTTL 12
#define RECVTOS 13
#define V6_RECVPKTINFO 49
#define V6_PKTINFO 50
#define V6_RECVHOPLIMIT 51
#define V6_HOPLIMIT 52
#define V6_RECVTCLASS 66
#define V6_TCLASS 67

/* A control message, as CMSG_SPACE(20) lays it out at most. */
struct control {
	uint64_t length;
	int level, type;
	unsigned char data[24];
};

static unsigned char room[256];
static size_t used;

/* Receives a datagram from FD, with its control messages in `room`; the sender is in *FROM. */
static void receive(int fd, union address *from)
{
	char byte;
	struct iovec piece = { &byte, 1 };
	struct message_header m = { from, sizeof(*from), &piece, 1, room, sizeof(room), 0 };

	memset(room, 0x55, sizeof(room));
	CHECK(syscall(SYS_recvmsg, fd, &m, 0) == 1);
	used = m.control_length;
}

/* The Nth control message is this; its data. */
static const unsigned char *told(int n, int level, int type, size_t size)
{
	const unsigned char *at = room;
	uint64_t length = 0;
	int kind[2];

	for (;; at += (length + 7) & ~7UL) {
		CHECK((size_t)(at - room) + 16 <= used);
		memcpy(&length, at, sizeof(length));
		if (n-- == 0)
			break;
	}
	memcpy(kind, at + 8, sizeof(kind));
	CHECK(kind[0] == level && kind[1] == type && length == 16 + size);
	return at + 16;
}

/* Sends a byte to TO with one control message: the result. */
static long send_with(int fd, union address *to, int level, int type, const void *data, size_t size)
{
	char byte = 'x';
	struct iovec piece = { &byte, 1 };
	struct control c = { 16 + size, level, type, { 0 } };
	struct message_header m = { to, size_of(to), &piece, 1, &c, 16 + ((size + 7) & ~7UL), 0 };

	memcpy(c.data, data, size);
	return syscall(SYS_sendmsg, fd, &m, 0);
}

static void version_four(void)
{
	const int server = udp(AF_INET), client = udp(AF_INET);
	union address all = v4(V4(0, 0, 0, 0), 0), to, from;
	const unsigned char *data;
	struct {
		int device;
		unsigned char source[4], address[4];
	} info = { 0, { 127, 0, 0, 5 }, { 0 } };
	int value;

	CHECK(bind_to(server, all) == 0 && set_option(server, IPPROTO_IP, IP_PKTINFO, 1) == 0);
	to = v4(V4(127, 0, 0, 5), 0);
	memcpy(to.v4.port, name_of(server, false).v4.port, 2);
	CHECK(send_to(client, "x", 1, to) == 1);
	receive(server, &from);
	CHECK(used == 32);
	data = told(0, IPPROTO_IP, IP_PKTINFO, 12);
	memcpy(&value, data, 4);
	CHECK(value == 1 && memcmp(data + 4, "\x7f\0\0\5\x7f\0\0\5", 8) == 0);

	/* The answer comes from where the question went. */
	CHECK(send_with(server, &from, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info)) == 1);
	receive(client, &from);
	CHECK(used == 0 && memcmp(from.v4.ip, "\x7f\0\0\5", 4) == 0 && port_of(&from) == port_of(&to));
	REFUSED(send_with(server, &to, IPPROTO_IP, IP_PKTINFO, &info, 8), EINVAL);
	REFUSED(send_with(server, &to, IPPROTO_IP, 99, &info, 4), EINVAL);

	CHECK(set_option(server, IPPROTO_IP, RECVTTL, 1) == 0 && set_option(server, IPPROTO_IP, RECVTOS, 1) == 0);
	CHECK(set_option(client, IPPROTO_IP, IP_TOS, 0x10) == 0 && set_option(client, IPPROTO_IP, IP_TTL, 9) == 0);
	CHECK(send_to(client, "x", 1, to) == 1);
	receive(server, &from);
	told(0, IPPROTO_IP, IP_PKTINFO, 12);
	memcpy(&value, told(1, IPPROTO_IP, IP_TTL, 4), 4);
	CHECK(value == 9 && *told(2, IPPROTO_IP, IP_TOS, 1) == 0x10);
	value = 33;
	CHECK(send_with(client, &to, IPPROTO_IP, IP_TTL, &value, 4) == 1);
	receive(server, &from);
	memcpy(&value, told(1, IPPROTO_IP, IP_TTL, 4), 4);
	CHECK(value == 33);
	value = 0x28;
	CHECK(send_with(client, &to, IPPROTO_IP, IP_TOS, &value, 4) == 1);
	receive(server, &from);
	CHECK(*told(2, IPPROTO_IP, IP_TOS, 1) == 0x28);
	value = 0;
	REFUSED(send_with(client, &to, IPPROTO_IP, IP_TTL, &value, 4), EINVAL);
	value = 256;
	REFUSED(send_with(client, &to, IPPROTO_IP, IP_TTL, &value, 4), EINVAL);
	REFUSED(send_with(client, &to, IPPROTO_IP, IP_TOS, &value, 4), EINVAL);
}

static void version_six(void)
{
	const int server = udp(AF_INET6), client = udp(AF_INET6), old = udp(AF_INET);
	union address to = v6(1, 0), from;
	static const unsigned char mapped[16] = { [10] = 0xff, 0xff, 127, 0, 0, 1 }, own[16] = { [15] = 1 };
	struct {
		unsigned char address[16];
		unsigned device;
	} info = { { [15] = 1 }, 0 };
	int value;

	CHECK(bind_to(server, v6(0, 0)) == 0 && set_option(server, IPPROTO_IPV6, V6_RECVPKTINFO, 1) == 0);
	CHECK(set_option(server, IPPROTO_IPV6, V6_RECVHOPLIMIT, 1) == 0);
	CHECK(set_option(server, IPPROTO_IPV6, V6_RECVTCLASS, 1) == 0);
	memcpy(to.v6.port, name_of(server, false).v6.port, 2);
	CHECK(set_option(client, IPPROTO_IPV6, V6_TCLASS, 0x20) == 0);
	CHECK(send_with(client, &to, IPPROTO_IPV6, V6_PKTINFO, &info, sizeof(info)) == 1);
	receive(server, &from);
	CHECK(memcmp(told(0, IPPROTO_IPV6, V6_PKTINFO, 20), own, 16) == 0);
	memcpy(&value, told(0, IPPROTO_IPV6, V6_PKTINFO, 20) + 16, 4);
	CHECK(value == 1);
	memcpy(&value, told(1, IPPROTO_IPV6, V6_HOPLIMIT, 4), 4);
	CHECK(value == 64);
	memcpy(&value, told(2, IPPROTO_IPV6, V6_TCLASS, 4), 4);
	CHECK(value == 0x20);
	info.address[0] = 0x20;
	REFUSED(send_with(client, &to, IPPROTO_IPV6, V6_PKTINFO, &info, sizeof(info)), EINVAL);
	REFUSED(send_with(client, &to, IPPROTO_IPV6, 99, &info, 4), EINVAL);

	/* Of a datagram of version four, the address. */
	CHECK(send_to(old, "x", 1, v4(LOCAL, port_of(&to))) == 1);
	receive(server, &from);
	CHECK(memcmp(told(0, IPPROTO_IPV6, V6_PKTINFO, 20), mapped, 16) == 0);
}

int main(void)
{
	version_four();
	version_six();
	return 0;
}
