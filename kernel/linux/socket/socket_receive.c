/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_receive.c - takes messages from a socket's queue, for all families: one whole message, or
 * from a stream as many bytes as there are from one sender. [net/unix/af_unix.c]
 */
#include "socket.h"

#include "file.h"
#include "page.h"

/* Waits for a message. 1: there is one; 0: none will ever come; or -errno. */
static int await_message(struct file *f, struct socket *s, uint32_t flags)
{
	const uint64_t deadline = socket_deadline(s, false);
	int err;

	if (s->type != SOCK_DGRAM && !s->connected)
		return is_stream(s) && is_unix(s) ? -EINVAL : -ENOTCONN;
	/* On a stream, bytes that came before an error are read before it. */
	if (!is_stream(s) && s->error != 0)
		return socket_take_error(s);
	while (socket_first(s) == NULL) {
		if (s->error != 0)
			return socket_take_error(s);
		if (s->shut_read)
			return 0;
		err = socket_sleep(f, s, NULL, flags, deadline);
		if (err != 0)
			return err;
	}
	return 1;
}

/*
 * Fills in A with the sender, the name and the files of M. With PEEK, M stays in the queue, and A
 * gets references to the files of its own; none, if there is no memory.
 */
static void take_rights(struct message *m, bool peek, struct ancillary *a)
{
	a->sender = m->sender;
	if (a->name == NULL)
		a->name = socket_name_get(m->name);
	a->rights = m->rights;
	if (!peek) {
		rights_received(m->rights);
		m->rights = NULL;
	} else if (m->rights != NULL) {
		a->rights = kmalloc(sizeof(*a->rights));
		if (a->rights == NULL)
			return;
		*a->rights = *m->rights;
		a->rights->by = NULL;
		for (uint32_t n = 0; n < a->rights->count; n++)
			file_get(a->rights->file[n]);
	}
}

static bool same_sender(const struct ucred *a, const struct ucred *b)
{
	return a->pid == b->pid && a->uid == b->uid && a->gid == b->gid;
}

/* Wakes those who wait for room in the queue of S. */
static void made_room(struct socket *s)
{
	if (s->type == SOCK_DGRAM)
		waitq_wake(socket_room(s));
	else if (s->peer != NULL)
		waitq_wake(&s->peer->changed);
}

static long receive_message(struct socket *s, struct uio *to, uint32_t flags, struct ancillary *a)
{
	struct message *m = socket_first(s);
	uint64_t n = m->len < to->left ? m->len : to->left;
	uint64_t got = uio_put(to, m->data, n), len = m->len;

	if (got == n)
		take_rights(m, (flags & MSG_PEEK) != 0, a);
	a->truncated = n < len;
	a->stamp = m->stamp;
	a->dest = m->dest;
	a->ttl = m->ttl;
	a->tos = m->tos;
	if ((flags & MSG_PEEK) == 0) {
		socket_drop(s, m);
		made_room(s);
	}
	if (got != n)
		return -EFAULT;
	return (flags & MSG_TRUNC) != 0 ? (long)len : (long)n;
}

#define MESSAGE_WORK (4 * SCHED_STEP)
#define PEEK_MOST (1UL << 20) /* a peek sees the queue at one moment: so much, with MESSAGE_WORK for each message */

/*
 * Receives bytes of one message after the other, but not beyond a message with files, and with
 * SO_PASSCRED not those of another sender. DONE bytes came before. Returns DONE with those that
 * came now, or -EFAULT. Sets *FAULT if memory could not be reached.
 */
static long receive_bytes(struct socket *s, struct uio *to, uint32_t flags, struct ancillary *a, uint64_t done,
			  bool *fault)
{
	const bool peek = (flags & MSG_PEEK) != 0;
	uint32_t worked = 0;
	struct list *next = s->queue.next;

	while (next != &s->queue) {
		struct message *m = container_of(next, struct message, link);
		uint64_t n = m->len - m->at < to->left ? m->len - m->at : to->left, got;

		if (to->left == 0)
			break;
		if (done != 0 && (m->rights != NULL || a->rights != NULL ||
				  (s->pass_credentials && !same_sender(&m->sender, &a->sender))))
			break;
		got = uio_put(to, m->data + m->at, n);
		/*
		 * A piece that cannot be copied whole stays in the queue.
		 * [unix_stream_read_generic]
		 */
		if (got != n) {
			*fault = true;
			break;
		}
		take_rights(m, peek, a);
		done += got;
		worked += MESSAGE_WORK;
		next = next->next;
		if (peek && worked + done < PEEK_MOST)
			continue;
		if (peek)
			break;
		m->at += got;
		s->queued -= got;
		if (m->at == m->len)
			socket_drop(s, m);
		if (sched_worked(&worked, got))
			break;
		next = s->queue.next; /* others may have run, and taken more */
	}
	if (!peek)
		made_room(s);
	return *fault && done == 0 ? -EFAULT : (long)done;
}

/*
 * Refuses MSG_OOB and MSG_ERRQUEUE, because there never are out-of-band bytes, nor errors in a
 * queue: 0 or -errno. Linux, too, ignores MSG_ERRQUEUE for sockets of unix and netlink, and MSG_OOB
 * for UDP. [tcp_recv_urg, inet_recv_error, unix_stream_recv_urg, __unix_dgram_recvmsg,
 * netlink_recvmsg]
 */
static int refuse_special(const struct socket *s, uint32_t flags)
{
	if ((flags & MSG_ERRQUEUE) != 0 && s->inet != NULL)
		return -EAGAIN;
	if ((flags & MSG_OOB) == 0)
		return 0;
	if (is_stream(s))
		return -EINVAL;
	return s->inet != NULL ? 0 : -EOPNOTSUPP;
}

long socket_receive(struct file *f, struct uio *to, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data;
	bool fault = false;
	long done = 0, before;
	int err;

	err = refuse_special(s, flags);
	if (err != 0)
		return err;
	if (is_stream(s) && to->left == 0)
		return 0;
	do {
		err = await_message(f, s, flags);
		if (err <= 0)
			return done != 0 ? done : err;
		if (!is_stream(s))
			return receive_message(s, to, flags, a);
		before = done;
		done = receive_bytes(s, to, flags, a, (uint64_t)done, &fault);
		/* No progress: the next message is another sender's, and for another call. */
	} while (!fault && done > before && to->left > 0 && a->rights == NULL && (flags & MSG_PEEK) == 0 &&
		 ((flags & MSG_WAITALL) != 0 || done < s->low_water));
	return done;
}
