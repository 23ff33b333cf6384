/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_send.c - sends into the receiver's queue, when that has room: for unix sockets, and for
 * internet streams (inet.c). Called by write, send and the like. [net/unix/af_unix.c]
 */
#include "socket.h"

#include "absent.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "uio.h"

#define CHUNK 16384UL /* a stream's bytes are queued in pieces of at most this */

/*
 * What a message takes of a queue's room besides its bytes. Linux counts the whole buffer of a
 * message (skb->truesize); with this, as many messages of one byte fit as on Linux.
 */
#define MESSAGE_COST 767U
#define ROOMS 64 /* wait queues that all sockets share, by their serial */

struct waitq *socket_room(const struct socket *s)
{
	static struct waitq rooms[ROOMS];
	struct waitq *q = &rooms[s->serial % ROOMS];

	if (q->waiters.next == NULL)
		waitq_init(q);
	return q;
}

bool socket_is_full(const struct socket *s, uint32_t max)
{
	return s->queued + (uint64_t)s->messages * MESSAGE_COST >= max;
}

bool socket_send_waits(const struct socket *s, const struct socket *to)
{
	if (socket_is_full(to, s->room[true]))
		return true;
	return s->type == SOCK_DGRAM && to != s && to->peer != s && to->messages > SOCKET_QUEUE_MAX;
}

/* The socket that receives what S sends; NULL: it is gone. */
static struct socket *find_receiver(const struct socket *s, const struct ancillary *a)
{
	return a->to == 0 ? s->peer : socket_by_serial(a->to);
}

int socket_pipe_error(const struct socket *s, uint32_t flags)
{
	if (is_stream(s) && (flags & MSG_NOSIGNAL) == 0) {
		struct siginfo info = signal_info_user(SIGPIPE, SI_USER);

		(void)signal_send_task(current, &info);
	}
	return -EPIPE;
}

int socket_refuse_oob(const struct socket *s, uint32_t flags)
{
	if ((flags & MSG_OOB) == 0)
		return 0;
	if (is_stream(s))
		absent_say("sendmsg", "flag", MSG_OOB, "EOPNOTSUPP");
	return -EOPNOTSUPP;
}

/* May S send to TO (NULL: it is gone)? 0 or -errno. */
static int check_sending(struct socket *s, const struct socket *to, const struct ancillary *a, uint32_t flags)
{
	if (s->error != 0)
		return socket_take_error(s);
	if (to == NULL && !s->shut_write && s->type == SOCK_DGRAM) {
		const int error = s->refused && a->to == 0 ? -ENOTCONN : -ECONNREFUSED;

		s->refused = true;
		return error;
	}
	if (s->type == SOCK_DGRAM ? to != NULL && to->peer != NULL && to->peer != s : !s->connected)
		return s->type == SOCK_DGRAM ? -EPERM : -ENOTCONN;
	if (to != NULL && !s->shut_write && (!to->shut_read || !is_unix(s)))
		return 0;
	return socket_pipe_error(s, flags);
}

/* Waits until S may send to its receiver, and that has room: 0 and the receiver, *TO; or -errno. */
static int await_room(struct file *f, uint32_t flags, const struct ancillary *a, struct socket **to)
{
	struct socket *s = f->data;
	const uint64_t deadline = socket_deadline(s, true);

	for (;;) {
		int err;

		*to = find_receiver(s, a);
		err = check_sending(s, *to, a, flags);
		if (err != 0)
			return err;
		if (!socket_send_waits(s, *to))
			return 0;
		err = socket_sleep(f, s, s->type == SOCK_DGRAM ? socket_room(*to) : NULL, flags, deadline);
		if (err != 0)
			return err;
	}
}

long socket_queue(struct socket *to, struct uio *from, uint64_t n, struct ancillary *a, struct socket_name *sender)
{
	struct message *m = kmalloc(sizeof(*m) + n);

	if (m == NULL || (m->len = uio_get(from, m->data, n)) != n) {
		const int err = m == NULL ? -ENOMEM : -EFAULT;

		kfree(m);
		socket_name_put(sender);
		return err;
	}
	m->sender = a->sender;
	m->name = sender;
	m->dest = a->dest;
	m->ttl = a->ttl;
	m->tos = a->tos;
	m->stamp = to->stamps != 0 ? time_realtime() : 0;
	m->rights = a->rights;
	rights_sent(to, m);
	a->rights = NULL;
	list_add_tail(&m->link, &to->queue);
	to->queued += n;
	to->messages++;
	waitq_wake(&to->changed);
	return (long)n;
}

long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data, *to;
	uint64_t done = 0, want = from->left;
	long result = a->rights != NULL ? rights_charge(a->rights) : 0;

	if (result == 0)
		result = socket_refuse_oob(s, flags);
	if (result != 0)
		return result;
	if (!is_stream(s)) {
		if (want > s->room[true] - 32)
			return -EMSGSIZE; /* [unix_dgram_sendmsg] */
		result = await_room(f, flags, a, &to);
		return result != 0 ? result : socket_queue(to, from, want, a, socket_name_get(s->name));
	}
	if (want == 0)
		return check_sending(s, s->peer, a, flags);
	while (done < want) {
		const uint64_t n = want - done < CHUNK ? want - done : CHUNK;

		result = await_room(f, done != 0 ? flags | MSG_NOSIGNAL : flags, a, &to);
		if (result != 0)
			break;
		result = socket_queue(to, from, n, a, socket_name_get(s->name));
		if (result < 0)
			break;
		done += n;
	}
	return done != 0 ? (long)done : result;
}
