/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.h - descriptors that travel through sockets, one at a time, and
 * listeners without a name of their own.
 */
#pragma once

#include "files.h"

/* One descriptor, as CMSG_SPACE(4) lays it out on every 64-bit machine. */
struct one_right {
	uint64_t length;
	int level, type;
	int fd, unused;
};

/*
 * sendmsg or recvmsg (NR) of one byte through SOCKET, with ROOM bytes of control messages (CONTROL
 * may be NULL). The call's result; *TOLD, unless it is NULL: the flags that the message has then.
 */
static inline long transfer_control(long nr, int socket, void *control, size_t room, long flags, uint64_t *told)
{
	char byte = 'b';
	struct iovec piece = { (void *)&byte, 1 };
	struct message_header message = { NULL, 0, &piece, 1, control, room, 0 };
	const long n = syscall(nr, socket, &message, flags);

	if (told != NULL)
		*told = message.flags;
	return n;
}

static inline long transfer_right(long nr, int socket, struct one_right *right)
{
	return transfer_control(nr, socket, right, sizeof(*right), 0, NULL);
}

static inline void send_fd(int through, int fd)
{
	struct one_right right = { 20, SOL_SOCKET, SCM_RIGHTS, fd, 0 };

	CHECK(transfer_right(SYS_sendmsg, through, &right) == 1);
}

static inline int receive_fd(int from)
{
	struct one_right right = { 0, 0, 0, -1, 0 };

	CHECK(transfer_right(SYS_recvmsg, from, &right) == 1);
	CHECK(right.length == 20 && right.fd >= 0);
	return right.fd;
}

/* An address that the kernel chose: the family, a zero, five digits. */
struct any_name {
	uint16_t family;
	char path[108];
	uint32_t length;
};

static inline int new_listener(struct any_name *name)
{
	const int fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

	name->family = AF_UNIX;
	name->length = 110;
	CHECK(fd >= 0 && syscall(SYS_bind, fd, name, sizeof(name->family)) == 0);
	CHECK(syscall(SYS_getsockname, fd, name, &name->length) == 0 && syscall(SYS_listen, fd, 5) == 0);
	return fd;
}

static inline int connect_by_name(const struct any_name *name)
{
	const int fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

	CHECK(fd >= 0 && syscall(SYS_connect, fd, name, name->length) == 0);
	return fd;
}
