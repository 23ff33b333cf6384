/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sockets.c - addresses of each family, and messages with descriptors, names and requests of
 * AF_NETLINK in them.
 */
#include "calls.h"

#include <abi/in.h>
#include <abi/netlink.h>

/* One of a few that anybody may have, or any. */
static uint16_t port(struct fuzz *f)
{
	return (uint16_t)(any(f, 5) ? 0x8888 + any(f, 3) : any(f, 0x10000));
}

/* In the file system, abstract, or none. */
static uint64_t unix_name(struct fuzz *f, char *at)
{
	static const char *const names[] = { "s", "t", "d/s", "a", "p" };

	*(uint16_t *)(void *)at = AF_UNIX;
	if (once_in(f, 2))
		return 3 + strlen(strcpy(at + 2, names[any(f, COUNT_OF(names))]));
	memcpy(at + 2, (const char[]){ 0, (char)('a' + any(f, 3)), 0, 0 }, 4);
	return any(f, 4) ? 4 : 2;
}

/* Loopback, any, elsewhere, and of the other family. */
static uint64_t inet_name(struct fuzz *f, struct sockaddr_in *at)
{
	static const uint8_t addresses[][4] = {
		{ 127, 0, 0, 1 }, { 127, 0, 0, 1 }, { 0 }, { 127, 1, 2, 3 }, { 10, 0, 0, 1 }
	};

	*at = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = port(f) };
	memcpy(at->sin_addr, addresses[any(f, COUNT_OF(addresses))], 4);
	return sizeof(*at);
}

static uint64_t inet6_name(struct fuzz *f, struct sockaddr_in6 *at)
{
	*at = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = port(f) };
	at->sin6_addr[15] = (uint8_t)any(f, 2);
	if (once_in(f, 4))
		memcpy(at->sin6_addr + 10, (const uint8_t[]){ 0xff, 0xff, 127, 0, 0, 1 }, 6);
	return any(f, 8) ? sizeof(*at) : SIN6_LEN_RFC2133;
}

long socket_name(struct fuzz *f, void *at, uint64_t *size)
{
	switch (any(f, 10)) {
	case 0:
	case 1:
		*size = inet_name(f, at);
		break;
	case 2:
	case 3:
		*size = inet6_name(f, at);
		break;
	case 4:
		*(struct sockaddr_nl *)at = (struct sockaddr_nl){ AF_NETLINK, 0, any(f, 3), any(f, 3) };
		*size = sizeof(struct sockaddr_nl);
		break;
	default:
		*size = unix_name(f, at);
	}
	if (once_in(f, 20))
		*(uint16_t *)at = (uint16_t)any(f, 40);
	return (long)(uintptr_t)at;
}

/* Descriptors, or who sends, in one control message or two. */
static void control_message(struct fuzz *f, uint64_t *at, uint64_t *size)
{
	const unsigned n = any(f, 10) ? 1 + any(f, 3) : any(f, 260);
	int *fds = (int *)(at + 2);

	at[0] = 16 + 4 * n;
	at[1] = SOL_SOCKET | (any(f, 6) ? (uint64_t)SCM_RIGHTS : SCM_CREDENTIALS) << 32;
	for (unsigned i = 0; i < n && i < 60; i++)
		fds[i] = 3 + (int)any(f, 40);
	*size = any(f, 8) ? (at[0] + 7) & ~7UL : (uint64_t)any(f, 100);
}

/* Links and addresses are asked for, and changed. */
static uint64_t request(struct fuzz *f, struct nlmsghdr *at)
{
	static const uint16_t types[] = { RTM_GETLINK, RTM_GETADDR, RTM_NEWLINK, RTM_SETLINK, NLMSG_DONE };
	struct ifinfomsg *const link = (struct ifinfomsg *)(at + 1);

	*at = (struct nlmsghdr){ .nlmsg_len = sizeof(*at) + sizeof(*link), .nlmsg_seq = any(f, 9) };
	at->nlmsg_type = any(f, 10) ? types[any(f, COUNT_OF(types))] : (uint16_t)any(f, 120);
	at->nlmsg_flags =
		(uint16_t)(NLM_F_REQUEST | (once_in(f, 2) ? NLM_F_DUMP : 0) | (once_in(f, 2) ? NLM_F_ACK : 0));
	*link = (struct ifinfomsg){ .ifi_index = (int)any(f, 3), .ifi_flags = any(f, 2), .ifi_change = any(f, 2) };
	if (once_in(f, 10))
		at->nlmsg_len = any(f, 100);
	return any(f, 10) ? at->nlmsg_len : any(f, 200);
}

long socket_message(struct fuzz *f)
{
	uint64_t *const at = words_of(f), *const list = words_of(f), *const more = words_of(f);

	(void)pieces(f, list);
	at[0] = at[1] = 0;
	if (once_in(f, 3))
		at[0] = (uint64_t)socket_name(f, words_of(f), &at[1]);
	if (once_in(f, 8)) {
		list[0] = (uint64_t)(uintptr_t)words_of(f);
		list[1] = request(f, (struct nlmsghdr *)list[0]);
	}
	at[2] = (uint64_t)(uintptr_t)list;
	at[3] = any(f, 20) ? any(f, 4) : (uint64_t)size_of_any(f);
	at[4] = (uint64_t)(uintptr_t)more;
	at[5] = 0;
	if (any(f, 3))
		control_message(f, more, &at[5]);
	at[6] = 0;
	/* the length that sendmmsg() tells; what follows is a second message without anything */
	at[7] = 0;
	memset(at + 8, 0, 64);
	return (long)(uintptr_t)at;
}
