/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.c - see socket.h. Called by the calls of sys_socket.c and sys_message.c, and as an open file by read, write and poll.
 *
 * Each socket owns the queue of what its peer sent; socket_receive.c takes from it. A task sleeps on its own socket's queue, never on the peer's, which
 * may go away meanwhile.
 */
#include "socket.h"

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "task.h"
#include "usercopy.h"

#define QUEUE_MAX 212992UL /* [net.core.wmem_default] */
#define CHUNK 16384UL	   /* a stream's bytes are queued in pieces of at most this */

static const struct file_ops socket_ops;

struct socket *socket_of(const struct file *f)
{
	return f->ops == &socket_ops ? f->data : NULL;
}

struct message *socket_first(const struct socket *s)
{
	return list_empty(&s->queue) ? NULL : container_of(s->queue.next, struct message, link);
}

void socket_drop(struct socket *s, struct message *m)
{
	list_del(&m->link);
	s->queued -= m->len - m->at;
	rights_received(m->rights);
	rights_free(m->rights);
	kfree(m);
}

int socket_take_error(struct socket *s)
{
	int error = s->error;

	s->error = 0;
	return -error;
}

int socket_sleep(struct file *f, struct socket *s, uint32_t flags)
{
	return (flags & MSG_DONTWAIT) != 0 ? -EAGAIN : file_wait(f, &s->changed);
}

/* ---- sending ---- */

/* Why nothing can be sent any more, or 0. */
static int check_sending(struct socket *s, uint32_t flags)
{
	if (s->error != 0)
		return socket_take_error(s);
	if (s->peer != NULL && !s->shut_write && !s->peer->shut_read)
		return 0;
	if (s->peer == NULL && s->type == SOCK_DGRAM && !s->shut_write) {
		const int error = s->refused ? -ENOTCONN : -ECONNREFUSED;

		s->refused = true;
		return error;
	}
	if (is_stream(s) && (flags & MSG_NOSIGNAL) == 0) {
		struct siginfo info = signal_info_user(SIGPIPE, SI_USER);

		signal_send_task(current, &info);
	}
	return -EPIPE;
}

/* Waits until N bytes, or on a stream some, can be queued. */
static int await_room(struct file *f, struct socket *s, uint64_t n, uint32_t flags)
{
	for (;;) {
		int err = check_sending(s, flags);

		if (err != 0)
			return err;
		if (s->peer->queued + (is_stream(s) ? 1 : n) <= QUEUE_MAX)
			return 0;
		err = socket_sleep(f, s, flags);
		if (err != 0)
			return err;
	}
}

static long send_one(struct socket *s, struct uio *from, uint64_t n, struct ancillary *a)
{
	struct message *m = kmalloc(sizeof(*m) + n);

	if (m == NULL)
		return -ENOMEM;
	m->len = uio_get(from, m->data, n);
	if (m->len != n) {
		kfree(m);
		return -EFAULT;
	}
	m->sender = a->sender;
	m->rights = a->rights;
	rights_sent(m->rights);
	a->rights = NULL;
	list_add_tail(&m->link, &s->peer->queue);
	s->peer->queued += n;
	waitq_wake(&s->peer->changed);
	return (long)n;
}

long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data;
	uint64_t done = 0, want = from->left;
	long result = 0;

	if (!is_stream(s)) {
		if (want > QUEUE_MAX - 64)
			return -EMSGSIZE;
		result = await_room(f, s, want, flags);
		return result != 0 ? result : send_one(s, from, want, a);
	}
	if (want == 0)
		return check_sending(s, flags);
	while (done < want) {
		uint64_t n = want - done < CHUNK ? want - done : CHUNK;

		result = await_room(f, s, n, done != 0 ? flags | MSG_NOSIGNAL : flags);
		if (result != 0)
			break;
		if (n > QUEUE_MAX - s->peer->queued)
			n = QUEUE_MAX - s->peer->queued;
		result = send_one(s, from, n, a);
		if (result < 0)
			break;
		done += n;
	}
	return done != 0 ? (long)done : result;
}

/* ---- as an open file ---- */

static long socket_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct ancillary a = { .rights = NULL };
	long n = socket_receive(f, to, 0, &a);

	(void)pos;
	rights_free(a.rights);
	return n;
}

static long socket_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct ancillary a = { .sender = { current->group->id, current->cred.euid, current->cred.egid } };

	(void)pos;
	return socket_send(f, from, 0, &a);
}

static uint32_t socket_poll(struct file *f, struct poll_table *q)
{
	struct socket *s = f->data;
	uint32_t ready = 0;

	if (q != NULL)
		poll_wait(q, &s->changed);
	if (socket_first(s) != NULL || s->shut_read)
		ready |= POLLIN | POLLRDNORM;
	if (s->shut_read)
		ready |= POLLRDHUP;
	if (s->shut_read && s->shut_write)
		ready |= POLLHUP;
	if (s->error != 0)
		ready |= POLLERR;
	if (s->peer == NULL || s->peer->queued < QUEUE_MAX / 4)
		ready |= POLLOUT | POLLWRNORM | POLLWRBAND;
	return ready;
}

static long socket_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const struct socket *s = f->data;
	const struct message *m = socket_first(s);
	int32_t n = (int32_t)(is_stream(s) ? s->queued : m != NULL ? m->len : 0);

	return cmd == FIONREAD ? copy_to_user(arg, &n, sizeof(n)) : -ENOTTY;
}

void socket_shutdown(struct socket *s, bool read, bool write)
{
	s->shut_read |= read;
	s->shut_write |= write;
	waitq_wake(&s->changed);
	if (s->peer == NULL || s->type == SOCK_DGRAM)
		return;
	s->peer->shut_read |= write;
	s->peer->shut_write |= read;
	waitq_wake(&s->peer->changed);
}

static void socket_release(struct file *f)
{
	struct socket *s = f->data, *peer = s->peer;

	if (peer != NULL) {
		if (socket_first(s) != NULL && s->type != SOCK_DGRAM)
			peer->error = ECONNRESET;
		socket_shutdown(s, true, true);
		peer->peer = NULL;
		waitq_wake(&peer->changed);
	}
	while (socket_first(s) != NULL)
		socket_drop(s, socket_first(s));
	rights_remove_socket(s);
	kfree(s);
}

static const struct file_ops socket_ops = {
	.read = socket_read,
	.write = socket_write,
	.poll = socket_poll,
	.ioctl = socket_ioctl,
	.release = socket_release,
};

/* ---- making a pair ---- */

static struct file *make(uint32_t type, uint32_t flags)
{
	struct inode *i = inode_create(&volume_anon, S_IFSOCK | 0777);
	struct socket *s = kmalloc(sizeof(*s));
	struct file *f = i != NULL && s != NULL ? file_create(&socket_ops, i, O_RDWR | flags, s) : NULL;

	inode_put(i);
	if (f == NULL) {
		kfree(s);
		return NULL;
	}
	f->name = "socket:";
	rights_add_socket(s, f);
	s->type = type;
	s->peer_at_start = (struct ucred){ current->group->id, current->cred.euid, current->cred.egid };
	list_init(&s->queue);
	waitq_init(&s->changed);
	return f;
}

int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2])
{
	struct socket *a, *b;

	pair[0] = make(type, flags);
	pair[1] = pair[0] != NULL ? make(type, flags) : NULL;
	if (pair[1] == NULL) {
		if (pair[0] != NULL)
			file_put(pair[0]);
		return -ENOMEM;
	}
	a = pair[0]->data;
	b = pair[1]->data;
	a->peer = b;
	b->peer = a;
	return 0;
}
