/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.c - see socket.h. Called by the calls of sys_socket.c and sys_message.c, and as an
 * open file by read, write and poll.
 *
 * Each socket owns the queue of what its peer sent; socket_receive.c takes from it. A task sleeps
 * on its own socket's queue, never on the peer's, which may go away meanwhile.
 */
#include "socket.h"

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "usercopy.h"

#define CHUNK 16384UL /* a stream's bytes are queued in pieces of at most this */

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
	socket_name_put(m->name);
	kfree(m);
}

void socket_wake_all(uint32_t type)
{
	list_for_each(link, &socket_all) {
		struct socket *s = container_of(link, struct socket, all);

		if (s->type == type)
			waitq_wake(&s->changed);
	}
}

int socket_take_error(struct socket *s)
{
	int error = s->error;

	s->error = 0;
	return -error;
}

uint64_t socket_deadline(const struct socket *s, bool send)
{
	return s->timeout[send] == TIME_NEVER ? TIME_NEVER : time_now() + s->timeout[send];
}

int socket_sleep(struct file *f, struct socket *s, uint32_t flags, uint64_t deadline)
{
	struct waiter waiter;
	int err;

	if ((flags & MSG_DONTWAIT) != 0)
		return -EAGAIN;
	if (deadline == TIME_NEVER || (f->flags & O_NONBLOCK) != 0)
		return file_wait(f, &s->changed);
	wait_begin(&s->changed, &waiter);
	err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	wait_end(&waiter);
	return err == -ETIMEDOUT ? -EAGAIN : err;
}

/* ---- sending ---- */

/* Who gets what S sends; NULL: nobody any more. */
static struct socket *receiver(const struct socket *s, const struct ancillary *a)
{
	if (a->to == 0)
		return s->peer;
	list_for_each(link, &socket_all) {
		struct socket *other = container_of(link, struct socket, all);

		if (other->serial == a->to)
			return other;
	}
	return NULL;
}

int socket_pipe_error(const struct socket *s, uint32_t flags)
{
	if (is_stream(s) && (flags & MSG_NOSIGNAL) == 0) {
		struct siginfo info = signal_info_user(SIGPIPE, SI_USER);

		signal_send_task(current, &info);
	}
	return -EPIPE;
}

/* Why nothing can be sent to TO any more, or 0. */
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

/* Waits until N bytes, or on a stream some, can be queued at *TO. */
static int await_room(struct file *f, uint64_t n, uint32_t flags, const struct ancillary *a, struct socket **to)
{
	struct socket *s = f->data;
	const uint64_t deadline = socket_deadline(s, true);

	for (;;) {
		int err;

		*to = receiver(s, a);
		err = check_sending(s, *to, a, flags);
		if (err != 0)
			return err;
		if ((*to)->queued + (is_stream(s) ? 1 : n) <= s->room[true])
			return 0;
		err = socket_sleep(f, s, flags, deadline);
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
	m->rights = a->rights;
	rights_sent(m->rights);
	a->rights = NULL;
	list_add_tail(&m->link, &to->queue);
	to->queued += n;
	waitq_wake(&to->changed);
	return (long)n;
}

long socket_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data, *to;
	uint64_t done = 0, want = from->left;
	long result = 0;

	if (!is_stream(s)) {
		if (want > s->room[true] - 32)
			return -EMSGSIZE;
		result = await_room(f, want, flags, a, &to);
		return result != 0 ? result : socket_queue(to, from, want, a, socket_name_get(s->name));
	}
	if (want == 0)
		return check_sending(s, s->peer, a, flags);
	while (done < want) {
		uint64_t n = want - done < CHUNK ? want - done : CHUNK;

		result = await_room(f, n, done != 0 ? flags | MSG_NOSIGNAL : flags, a, &to);
		if (result != 0)
			break;
		if (n > s->room[true] - to->queued)
			n = s->room[true] - to->queued;
		result = socket_queue(to, from, n, a, socket_name_get(s->name));
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
	socket_name_put(a.name);
	return n;
}

static long socket_write(struct file *f, struct uio *from, uint64_t *pos)
{
	const struct socket *s = f->data;
	struct ancillary a = { .sender = socket_sender() };

	(void)pos;
	return s->family->send(f, from, 0, &a);
}

static uint32_t socket_poll(struct file *f, struct poll_table *q)
{
	struct socket *s = f->data;
	uint32_t ready = 0;

	if (q != NULL)
		poll_wait(q, &s->changed);
	if (socket_first(s) != NULL || s->shut_read || !list_empty(&s->backlog))
		ready |= POLLIN | POLLRDNORM;
	if (s->shut_read)
		ready |= POLLRDHUP;
	if (s->type != SOCK_DGRAM && !s->connected && !s->listening)
		ready |= POLLHUP;
	if (s->shut_read && s->shut_write)
		ready |= POLLHUP;
	if (s->error != 0)
		ready |= POLLERR;
	if (!s->listening && (s->peer == NULL || s->peer->queued < s->room[true] / 4))
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
	/* A stream of the internet does not say that nobody reads. */
	s->peer->shut_write |= read && is_unix(s);
	waitq_wake(&s->peer->changed);
}

static void socket_release(struct file *f)
{
	struct socket *s = f->data, *peer = s->peer;

	if (peer != NULL && s->type != SOCK_DGRAM) {
		if (socket_first(s) != NULL || (!is_unix(s) && s->linger.l_onoff != 0 && s->linger.l_linger == 0))
			peer->error = ECONNRESET;
		socket_shutdown(s, true, true);
	}
	rights_remove_socket(s);
	list_for_each(link, &socket_all) {
		struct socket *other = container_of(link, struct socket, all);

		if (other->peer == s) {
			other->peer = NULL;
			waitq_wake(&other->changed);
		}
	}
	if (s->type == SOCK_DGRAM)
		socket_wake_all(SOCK_DGRAM);
	socket_drop_backlog(s);
	while (socket_first(s) != NULL)
		socket_drop(s, socket_first(s));
	socket_name_put(s->name);
	if (s->family->release != NULL)
		s->family->release(s);
	kfree(s);
}

static const struct file_ops socket_ops = {
	.read = socket_read,
	.write = socket_write,
	.poll = socket_poll,
	.ioctl = socket_ioctl,
	.release = socket_release,
};

/* ---- making them ---- */

struct file *socket_create(const struct socket_family *family, uint32_t type, uint32_t protocol, uint32_t flags)
{
	static uint64_t last;
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
	s->family = family;
	s->type = type;
	s->protocol = protocol;
	s->serial = ++last;
	s->refused = true;
	s->room[false] = s->room[true] = SOCKET_ROOM;
	s->timeout[0] = s->timeout[1] = TIME_NEVER;
	s->peer_at_start = (struct ucred){ 0, UINT32_MAX, UINT32_MAX };
	list_init(&s->queue);
	list_init(&s->backlog);
	list_init(&s->waiting);
	waitq_init(&s->changed);
	if (family->create == NULL || family->create(s) == 0)
		return f;
	file_put(f);
	return NULL;
}

static void join(struct socket *s, struct socket *peer)
{
	s->peer = peer;
	s->connected = true;
	s->refused = false;
	s->peer_at_start = socket_peer();
}

int socket_pair(uint32_t type, uint32_t flags, struct file *pair[2])
{
	pair[0] = socket_create(&socket_unix, type, 0, flags);
	pair[1] = pair[0] != NULL ? socket_create(&socket_unix, type, 0, flags) : NULL;
	if (pair[1] == NULL) {
		if (pair[0] != NULL)
			file_put(pair[0]);
		return -ENOMEM;
	}
	join(pair[0]->data, pair[1]->data);
	join(pair[1]->data, pair[0]->data);
	return 0;
}
