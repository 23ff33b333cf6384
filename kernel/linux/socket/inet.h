/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h - sockets of AF_INET and AF_INET6 on a machine whose only interface is the loopback: names
 * with ports over socket.c's streams and queues. There are no packets.
 */
#pragma once

#include "socket.h"

/* Options that are kept and reported, without effect: inet_option.c has the table. */
#define INET_OPTIONS 20

struct inet {
	struct socket *socket;
	struct list same_port; /* in inet_name.c's table of ports, while local.port is not 0 */
	struct inet_address local, remote;
	bool port_kept;	 /* bind(2) gave the port: it stays when connect(2) fails */
	bool connecting; /* connect(2) returned EINPROGRESS; the next one tells the result */
	bool v6only;	 /* IPV6_V6ONLY */
	uint32_t owner;	 /* the user who bound it: SO_REUSEPORT works among one user's sockets */
	int32_t option[INET_OPTIONS];
};

static inline bool inet_is_v6(const struct socket *s)
{
	return s->family == &socket_inet6;
}

/* ---- inet_name.c: addresses and ports ---- */

/*
 * Turns N, given to a socket of S's family, into *A: 0, -EINVAL (too short), -EAFNOSUPPORT.
 * [__inet_bind, __inet6_bind, tcp_v6_connect]
 */
[[nodiscard]] int inet_read(const struct socket *s, const struct socket_name *n, struct inet_address *a);
/* Turns A into *N as sockets of S's family report it. */
void inet_show(const struct socket *s, const struct inet_address *a, struct socket_name *n);
/* Can S reach A? If *A is the unspecified address, it becomes the loopback's. */
bool inet_reachable(const struct socket *s, struct inet_address *a);
/* The source address of a datagram or a connection from S to TO. */
struct inet_address inet_source(const struct socket *s, const struct inet_address *to);
/*
 * The socket of BY's type and namespace at TO that receives from FROM, or that listens there;
 * NULL: none.
 */
struct socket *inet_lookup(const struct socket *by, const struct inet_address *to, const struct inet_address *from);
/* bind(2): 0, -EINVAL, -EAFNOSUPPORT, -EADDRNOTAVAIL, -EACCES, -EADDRINUSE. */
[[nodiscard]] int inet_bind(struct socket *s, const struct socket_name *n);
/* Gives S a port of its own, unless it has one: 0, -EADDRINUSE. */
[[nodiscard]] int inet_bind_any(struct socket *s);
/* May S listen at its address? 0, -EADDRINUSE. */
[[nodiscard]] int inet_check_port(const struct socket *s);
/* Sets *A to the unspecified address of S's family. */
void inet_forget(const struct socket *s, struct inet_address *a);
/* Adds S, with its local port, to the table; removes it. */
void inet_add_port(struct socket *s);
void inet_remove_port(struct socket *s);

/* ---- inet_option.c ---- */

void inet_init_options(struct inet *i);
[[nodiscard]] int inet_get_option(struct socket *s, int level, uint32_t option, int32_t *value);
[[nodiscard]] int inet_set_option(struct socket *s, int level, uint32_t option, int32_t value);
