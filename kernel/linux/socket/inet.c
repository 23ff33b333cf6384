/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.c - sockets of AF_INET and AF_INET6: streams like those of unix sockets, and datagrams,
 * which are lost where there is no room. [net/ipv4/af_inet.c, net/ipv4/tcp.c, net/ipv4/udp.c]
 *
 * Both ends of a connection are on this machine, so it is made, shut down and reset at once. Linux
 * learns of some things only when a packet comes back, and programs are told as late here: a
 * connected sender of datagrams hears at its next call that there is no receiver, and a stream's
 * writer hears at its second write that the other end is closed.
 */
#include "inet.h"

#include <abi/capability.h>
#include <string.h>

#include "absent.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "userns.h"

/* The room, in bytes, that a stream over Linux's loopback has. */
#define STREAM_RECEIVE 131072
#define STREAM_SEND 2626560
/* Bytes of a datagram: 65535 less the header of UDP, and less that of IPv4. [rfc768, rfc791] */
#define DATAGRAM_MAX6 65527
#define DATAGRAM_MAX4 65507

static int inet_kind(uint32_t *type, uint32_t *protocol)
{
	const uint32_t own = *type == SOCK_STREAM ? IPPROTO_TCP : *type == SOCK_DGRAM ? IPPROTO_UDP : 0;

	if (*type == SOCK_RAW && *protocol != 0 && !userns_capable(CAP_NET_RAW))
		return -EPERM;
	if (own == 0 && *type != SOCK_RAW)
		return -ESOCKTNOSUPPORT;
	if (own != 0 && (*protocol == 0 || *protocol == own)) {
		*protocol = own;
		return 0;
	}
	if (*protocol != 0 && *protocol != IPPROTO_TCP && *protocol != IPPROTO_UDP)
		absent_say("socket", "protocol", *protocol, "EPROTONOSUPPORT");
	return -EPROTONOSUPPORT;
}

static int inet_create(struct socket *s)
{
	struct inet *i = kmalloc(sizeof(*i));

	if (i == NULL)
		return -ENOMEM;
	*i = (struct inet){ .socket = s };
	inet_init_options(i);
	if (s->type == SOCK_STREAM) {
		s->room[false] = STREAM_RECEIVE;
		s->room[true] = STREAM_SEND;
	}
	inet_forget(s, &i->local);
	inet_forget(s, &i->remote);
	s->inet = i;
	return 0;
}

static void inet_release(struct socket *s)
{
	if (s->inet == NULL)
		return;
	inet_remove_port(s);
	kfree(s->inet);
}

/* ---- streams ---- */

/*
 * connect(2) with AF_UNSPEC: puts S back to what it was before it was connected. [tcp_disconnect,
 * __udp_disconnect]
 */
static int inet_disconnect(struct socket *s)
{
	struct inet *i = s->inet;

	if (s->type == SOCK_STREAM && s->connected)
		socket_shutdown(s, true, true);
	if (s->peer != NULL) {
		s->peer->error = ECONNRESET;
		socket_set_peer(s->peer, NULL);
		socket_set_peer(s, NULL);
	}
	s->connected = s->shut_read = s->shut_write = i->connecting = false;
	if (!i->port_kept)
		inet_remove_port(s);
	inet_forget(s, &i->remote);
	return 0;
}

static int inet_find(struct socket *s, const struct socket_name *n, struct socket **out)
{
	struct inet_address to, from;

	/* inet_connect() has read N before, and found it reachable. */
	(void)inet_read(s, n, &to);
	(void)inet_reachable(s, &to);
	from = inet_source(s, &to);
	*out = inet_lookup(s, &to, &from);
	return *out != NULL ? 0 : -ECONNREFUSED;
}

/*
 * Gives END, the listener's end of a connection with S, the address and port that S connects to,
 * and the listener's options. S is the remote address of END. [sk_clone_lock]
 */
static void inet_join(struct socket *s, struct socket *end, const struct socket *listener)
{
	struct inet *i = end->inet;

	i->local = s->inet->remote;
	i->remote = s->inet->local = inet_source(s, &i->local);
	i->v6only = listener->inet->v6only;
	inet_inherit_options(i, listener->inet);
	end->kept = listener->kept;
	memcpy(end->room, listener->room, sizeof(end->room));
	memcpy(end->timeout, listener->timeout, sizeof(end->timeout));
	end->linger = listener->linger;
	end->low_water = listener->low_water;
	end->mark = listener->mark;
	end->on_loopback = listener->on_loopback;
	end->stamps = listener->stamps;
	end->pass_credentials = listener->pass_credentials;
	inet_add_port(end);
}

static int connect_stream(struct file *f, const struct socket_name *n, const struct inet_address *to)
{
	struct socket *s = f->data;
	struct inet *i = s->inet;
	int err;

	if (i->connecting) {
		i->connecting = false;
		return s->error != 0 ? socket_take_error(s) : s->connected ? 0 : -ECONNABORTED;
	}
	if (s->connected || s->listening)
		return -EISCONN;
	err = inet_bind_any(s);
	if (err != 0)
		return err == -EADDRINUSE ? -EADDRNOTAVAIL : err;
	i->remote = *to;
	err = socket_connect(f, n);
	if (err != 0) {
		inet_forget(s, &i->remote);
		if (!i->port_kept)
			inet_remove_port(s);
	}
	/*
	 * The connection is made, or refused, by now. As on Linux, a non-blocking connect(2) says
	 * EINPROGRESS, and the next one, or SO_ERROR, says how it went.
	 */
	if ((f->flags & O_NONBLOCK) == 0 || (err != 0 && err != -ECONNREFUSED))
		return err;
	i->connecting = true;
	s->error = -err;
	return -EINPROGRESS;
}

static int inet_connect(struct file *f, const struct socket_name *n)
{
	struct socket *s = f->data;
	struct inet_address to;
	int err;

	if (n->len < sizeof(n->family))
		return -EINVAL;
	if (n->family == AF_UNSPEC)
		return inet_disconnect(s);
	err = inet_read(s, n, &to);
	if (err == 0 && !inet_reachable(s, &to))
		err = -ENETUNREACH;
	if (err != 0)
		return err;
	if (s->type == SOCK_STREAM)
		return connect_stream(f, n, &to);
	err = inet_bind_any(s);
	if (err != 0)
		return err == -EADDRINUSE ? -EAGAIN : err;
	s->inet->local = inet_source(s, &to);
	s->inet->remote = to;
	s->connected = true;
	return 0;
}

static int inet_listen(struct socket *s)
{
	const int err = inet_bind_any(s);

	return err != 0 || s->listening ? err : inet_check_port(s);
}

static int inet_send_to(struct socket *s, const struct socket_name *n, struct ancillary *a)
{
	int err;

	if (s->type == SOCK_STREAM)
		return 0; /* Linux ignores the address, except for MSG_FASTOPEN */
	/* AF_UNSPEC counts as AF_INET. [udp_sendmsg] */
	if (n->family == AF_UNSPEC && !inet_is_v6(s) && n->len >= sizeof(n->in)) {
		struct socket_name named = *n;

		named.family = AF_INET;
		return inet_send_to(s, &named, a);
	}
	err = inet_read(s, n, &a->dest);
	if (err != 0)
		return err;
	if (a->dest.port == 0)
		return -EINVAL;
	return inet_reachable(s, &a->dest) ? 0 : -ENETUNREACH;
}

/* ---- sending ---- */

/*
 * Sends the bytes of FROM as one datagram: how many bytes, or -errno. Nobody is told that it was
 * lost, except a connected sender when there is no receiver. [udp_sendmsg]
 */
static long send_datagram(struct socket *s, struct uio *from, struct ancillary *a)
{
	const struct inet_address *to = a->dest.port != 0 ? &a->dest : &s->inet->remote;
	const long len = (long)from->left;
	struct inet_address source;
	struct socket_name *name;
	struct socket *other;
	long result;

	if (!inet_is_v6(s) && len > DATAGRAM_MAX4)
		return -EMSGSIZE;
	if (to->port == 0)
		return -EDESTADDRREQ;
	if (len > (inet_is_v4(to) ? DATAGRAM_MAX4 : DATAGRAM_MAX6))
		return -EMSGSIZE;
	if (s->error != 0)
		return socket_take_error(s);
	if (s->shut_write)
		return -EPIPE;
	result = inet_bind_any(s);
	if (result != 0)
		return -EAGAIN;
	source = inet_source(s, to);
	if (a->from_chosen)
		memcpy(source.ip, a->from, sizeof(source.ip));
	other = inet_lookup(s, to, &source);
	if (other == NULL || other->shut_read || other->queued + (uint64_t)len > other->room[false]) {
		if (other == NULL && s->connected) {
			s->error = ECONNREFUSED;
			waitq_wake(&s->changed);
		}
		return len;
	}
	name = kmalloc(sizeof(*name));
	if (name == NULL)
		return -ENOMEM;
	inet_show(other, &source, name);
	name->refs = 1;
	a->dest = *to;
	inet_fill_header(s, a);
	return socket_queue(other, from, (uint64_t)len, a, name);
}

static long inet_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data;
	const uint64_t len = from->left;
	const int err = socket_refuse_oob(s, flags);

	/* Internet sockets carry neither files nor credentials. */
	rights_free(a->rights);
	a->rights = NULL;
	a->sender = (struct ucred){ .pid = 0 };
	if (err != 0)
		return err;
	if (s->type == SOCK_DGRAM)
		return send_datagram(s, from, a);
	if (s->error == EPIPE) {
		s->error = 0;
		return socket_pipe_error(s, flags);
	}
	if (!s->connected)
		return socket_pipe_error(s, flags);
	/*
	 * The peer is closed. On Linux these bytes go out, and a reset comes back: so this write
	 * succeeds, and the next one fails. [tcp_reset]
	 */
	if (s->peer == NULL && !s->shut_write && s->error == 0 && len != 0) {
		s->error = EPIPE;
		s->shut_read = s->shut_write = true;
		waitq_wake(&s->changed);
		return (long)len;
	}
	return socket_send(f, from, flags, a);
}

static int inet_name(const struct socket *s, bool peer, struct socket_name *n)
{
	if (peer && !s->connected)
		return -ENOTCONN;
	inet_show(s, peer ? &s->inet->remote : &s->inet->local, n);
	return 0;
}

#define OPERATIONS                                                                                                     \
	.kind = inet_kind, .create = inet_create, .release = inet_release, .bind = inet_bind, .connect = inet_connect, \
	.listen = inet_listen, .find = inet_find, .join = inet_join, .send_to = inet_send_to, .send = inet_send,       \
	.name = inet_name, .get_option = inet_get_option, .set_option = inet_set_option

const struct socket_family socket_inet = { .number = AF_INET, OPERATIONS };
const struct socket_family socket_inet6 = { .number = AF_INET6, OPERATIONS };
