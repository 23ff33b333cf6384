/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h - sockets of AF_INET and AF_INET6 on a machine whose only interface is the loopback: names
 * with ports over socket.c's streams and queues. There are no packets.
 */
#pragma once

#include "socket.h"

struct control;

/* How many options inet_option.c's table has. A socket keeps a value for each. */
#define INET_OPTIONS 28

struct inet {
	struct socket *socket;
	struct list same_port; /* in inet_name.c's table of ports, while local.port is not 0 */
	struct inet_address local, remote;
	bool port_kept;	 /* bind(2) named the port: it stays when connect(2) fails or disconnects */
	bool connecting; /* connect(2) returned EINPROGRESS; the next one returns the result */
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
/* Is A an IPv4 address? */
bool inet_is_v4(const struct inet_address *a);
/* Is A an address of this machine in S's network namespace, or the unspecified address? */
bool inet_is_own(const struct socket *s, const struct inet_address *a);
/* Turns A into *N as sockets of S's family report it. */
void inet_show(const struct socket *s, const struct inet_address *a, struct socket_name *n);
/*
 * Can S reach *A? If that is the unspecified address, it becomes the loopback's. If A is beyond the
 * loopback, the console is told.
 */
bool inet_reachable(const struct socket *s, struct inet_address *a);
/*
 * The source address of a datagram or a connection from S to TO: the address that S is bound to,
 * or the loopback's.
 */
struct inet_address inet_source(const struct socket *s, const struct inet_address *to);
/*
 * Finds a socket of BY's type and network namespace that is bound to TO, or to all addresses: a
 * stream that listens, or a datagram socket that receives from FROM. NULL: none. A connected socket
 * goes before others, and one bound to TO before one bound to all addresses.
 * [__inet_lookup_listener, __udp4_lib_lookup]
 */
struct socket *inet_lookup(const struct socket *by, const struct inet_address *to, const struct inet_address *from);
/*
 * bind(2): 0, -EINVAL (N is too short, or an IPv4 address despite V6ONLY; or S is bound or
 * connected), -EAFNOSUPPORT, -EADDRNOTAVAIL, -EACCES (a port below 1024, without
 * CAP_NET_BIND_SERVICE), -EADDRINUSE. [__inet_bind]
 */
[[nodiscard]] int inet_bind(struct socket *s, const struct socket_name *n);
/* Gives S a free port, unless it has one: 0, -EADDRINUSE. [inet_autobind] */
[[nodiscard]] int inet_bind_any(struct socket *s);
/* May S be bound to its local address, or listen there? 0, -EADDRINUSE. [inet_csk_get_port] */
[[nodiscard]] int inet_check_port(const struct socket *s);
/* Sets *A to the unspecified address of S's family, without a port. */
void inet_forget(const struct socket *s, struct inet_address *a);
/*
 * inet_add_port() adds S to the table of ports under its local port, for the current user.
 * inet_remove_port() takes S out, and makes its local port 0; nothing happens if that is 0 already.
 */
void inet_add_port(struct socket *s);
void inet_remove_port(struct socket *s);

/* ---- inet_info.c ---- */

/*
 * Reads the control message H, whose data is at user address FROM, of a message that S is to send,
 * into *A: 0, -EINVAL, -EFAULT. [ip_cmsg_send, ip6_datagram_send_ctl]
 */
[[nodiscard]] int inet_read_info(const struct socket *s, struct ancillary *a, const struct cmsghdr *h, uint64_t from);
/* Sets what A does not say of the header of a datagram, as the options of its sender S are. */
void inet_fill_header(const struct socket *s, struct ancillary *a);
/*
 * Copies out what S wants to know of the datagram that A came with. [ip_cmsg_recv,
 * ip6_datagram_recv_ctl]
 */
void inet_put_info(const struct socket *s, struct control *c, const struct ancillary *a);

/* ---- inet_option.c ---- */

/* The value of an option that the table has, whatever the kind of S. */
int32_t inet_option(const struct socket *s, int level, uint32_t option);

/*
 * Gives I's options the values that a new socket has on Linux; those that an accepted one has from
 * its LISTENER.
 */
void inet_init_options(struct inet *i);
void inet_inherit_options(struct inet *i, const struct inet *listener);
/*
 * getsockopt(2) and setsockopt(2) at LEVEL, which is not SOL_SOCKET: 0, -ENOPROTOOPT (no such
 * option), -EOPNOTSUPP (getsockopt: no such level), -EINVAL (setsockopt: VALUE is out of range, or
 * V6ONLY is set after bind(2)).
 */
[[nodiscard]] int inet_get_option(struct socket *s, int level, uint32_t option, int32_t *value);
[[nodiscard]] int inet_set_option(struct socket *s, int level, uint32_t option, int32_t value);
