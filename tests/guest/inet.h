/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h - what the programs about internet sockets share: the calls by
 * their numbers, and addresses.
 */
#pragma once

#include "files.h"

#include <stdbool.h>
#include <string.h>
#ifdef __riscv
#include <abi/in.h>
#else
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/tcp.h>
#endif

#define V4(a, b, c, d) ((const uint8_t[4]){ a, b, c, d })
#define LOCAL V4(127, 0, 0, 1)

/* An address of either family, in network order. */
union address {
	uint16_t family;
	struct {
		uint16_t family;
		uint8_t port[2], ip[4], zero[8];
	} v4;
	struct {
		uint16_t family;
		uint8_t port[2], flow[4], ip[16], scope[4];
	} v6;
};

static inline union address v4(const uint8_t *ip, int port)
{
	union address a = { .v4 = { .family = AF_INET, .port = { (uint8_t)(port >> 8), (uint8_t)port } } };

	memcpy(a.v4.ip, ip, 4);
	return a;
}

/* 16 bytes of an address that are 0 but for the last. */
static inline union address v6(int last, int port)
{
	return (union address){ .v6 = { .family = AF_INET6,
					.port = { (uint8_t)(port >> 8), (uint8_t)port },
					.ip = { [15] = (uint8_t)last } } };
}

static inline unsigned size_of(const union address *a)
{
	return a->family == AF_INET6 ? sizeof(a->v6) : sizeof(a->v4);
}

static inline int port_of(const union address *a)
{
	return a->v4.port[0] << 8 | a->v4.port[1];
}

static inline long bind_to(int fd, union address a)
{
	return syscall(SYS_bind, fd, &a, size_of(&a));
}

static inline long connect_to(int fd, union address a)
{
	return syscall(SYS_connect, fd, &a, size_of(&a));
}

/* The socket's own address, or its peer's. */
static inline union address name_of(int fd, bool peer)
{
	union address a = { .family = 0 };
	unsigned len = sizeof(a);

	CHECK(syscall(peer ? SYS_getpeername : SYS_getsockname, fd, &a, &len) == 0 && len == size_of(&a));
	return a;
}

static inline int tcp(int family)
{
	const int fd = (int)syscall(SYS_socket, family, SOCK_STREAM, 0);

	CHECK(fd >= 0);
	return fd;
}

static inline int udp(int family)
{
	const int fd = (int)syscall(SYS_socket, family, SOCK_DGRAM, 0);

	CHECK(fd >= 0);
	return fd;
}

/* A listener at A, whose port the kernel chooses; *A gets it. */
static inline int listen_at(union address *a)
{
	const int fd = tcp(a->family);

	CHECK(bind_to(fd, *a) == 0);
	CHECK(syscall(SYS_listen, fd, 8) == 0);
	*a = name_of(fd, false);
	CHECK(port_of(a) != 0);
	return fd;
}

static inline long send_to(int fd, const void *data, size_t n, union address a)
{
	return syscall(SYS_sendto, fd, data, n, 0, &a, size_of(&a));
}

static inline long set_option(int fd, int level, int option, int value)
{
	return syscall(SYS_setsockopt, fd, level, option, &value, sizeof(value));
}

static inline int get_option(int fd, int level, int option)
{
	int value = -1;
	unsigned len = sizeof(value);

	CHECK(syscall(SYS_getsockopt, fd, level, option, &value, &len) == 0 && len == sizeof(value));
	return value;
}
