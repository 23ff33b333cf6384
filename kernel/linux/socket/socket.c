/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.c - making and closing sockets, and read, write, poll and ioctl on their open files.
 *
 * Each socket owns the messages that were sent to it; socket_receive.c takes them. A task sleeps in
 * the wait queue of its own socket, or in one that is never freed (socket_room()): never in the
 * peer's, which may go away.
 */
#include "netns.h"
#include "socket.h"

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "usercopy.h"

#define BUCKETS 64

static const struct file_ops socket_ops;

static struct list *socket_bucket(uint64_t serial)
{
	static struct list by_serial[BUCKETS];
	struct list *b = &by_serial[serial % BUCKETS];

	if (b->next == NULL)
		list_init(b);
	return b;
}

struct socket *socket_by_serial(uint64_t serial)
{
	list_for_each(link, socket_bucket(serial)) {
		struct socket *s = container_of(link, struct socket, by_serial);

		if (s->serial == serial)
			return s;
	}
	return NULL;
}

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
	s->messages--;
	rights_received(m->rights);
	rights_free(m->rights);
	socket_name_put(m->name);
	kfree(m);
}

void socket_set_peer(struct socket *s, struct socket *peer)
{
	list_del(&s->at_peer);
	s->peer = peer;
	if (peer != NULL)
		list_add_tail(&s->at_peer, &peer->peers);
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

int socket_sleep(struct file *f, struct socket *s, struct waitq *also, uint32_t flags, uint64_t deadline)
{
	struct waiter waiter, other;
	int err;

	if ((flags & MSG_DONTWAIT) != 0 || (f->flags & O_NONBLOCK) != 0)
		return -EAGAIN;
	wait_begin(&s->changed, &waiter);
	if (also != NULL)
		wait_begin(also, &other);
	err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	if (also != NULL)
		wait_end(&other);
	wait_end(&waiter);
	if (err == -EINTR && deadline == TIME_NEVER)
		return -ERESTARTSYS;
	return err == -ETIMEDOUT ? -EAGAIN : err;
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
	if (q != NULL && s->type == SOCK_DGRAM && s->peer != NULL)
		poll_wait(q, socket_room(s->peer));
	if (s->shut_read || !list_empty(&s->backlog) || (socket_first(s) != NULL && !socket_is_low(s)))
		ready |= POLLIN | POLLRDNORM;
	if (s->shut_read)
		ready |= POLLRDHUP;
	if (s->type != SOCK_DGRAM && !s->connected && !s->listening)
		ready |= POLLHUP;
	if (s->shut_read && s->shut_write)
		ready |= POLLHUP;
	if (s->error != 0)
		ready |= POLLERR;
	if (!s->listening &&
	    (s->peer == NULL || (!socket_is_full(s->peer, s->room[true] / 4) && !socket_send_waits(s, s->peer))))
		ready |= POLLOUT | POLLWRNORM | POLLWRBAND;
	return ready;
}

static long socket_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const struct socket *s = f->data;
	const struct message *m = socket_first(s);
	int32_t n = (int32_t)(is_stream(s) ? s->queued : m != NULL ? m->len : 0);

	if (cmd == SIOCATMARK && is_stream(s)) { /* there are no urgent bytes */
		cmd = FIONREAD;
		n = 0;
	}
	return cmd == FIONREAD ? copy_to_user(arg, &n, sizeof(n)) : netns_ioctl(s, cmd, arg);
}

void socket_shutdown(struct socket *s, bool read, bool write)
{
	s->shut_read |= read;
	s->shut_write |= write;
	waitq_wake(&s->changed);
	if (s->peer == NULL || s->type == SOCK_DGRAM)
		return;
	s->peer->shut_read |= write;
	/* An internet stream does not tell its peer that nobody reads. */
	s->peer->shut_write |= read && is_unix(s);
	waitq_wake(&s->peer->changed);
}

#define PEER_WORK (16 * SCHED_STEP)

static void socket_release(struct file *f)
{
	struct socket *s = f->data, *peer = s->peer;
	uint32_t worked = 0;

	if (peer != NULL && s->type != SOCK_DGRAM) {
		if (socket_first(s) != NULL || (!is_unix(s) && s->linger.l_onoff != 0 && s->linger.l_linger == 0))
			peer->error = ECONNRESET;
		socket_shutdown(s, true, true);
	}
	rights_remove_socket(s);
	list_del(&s->by_serial);
	list_del(&s->by_name);
	socket_set_peer(s, NULL);
	while (!list_empty(&s->peers)) {
		struct socket *other = container_of(s->peers.next, struct socket, at_peer);

		socket_set_peer(other, NULL);
		if (is_unix(other) && other->type != SOCK_DGRAM) {
			other->peer_gone = true;
			other->peer_name = socket_name_get(s->name);
		}
		waitq_wake(&other->changed);
		(void)sched_worked(&worked, PEER_WORK);
	}
	waitq_wake(socket_room(s));
	socket_drop_backlog(s);
	while (socket_first(s) != NULL) {
		socket_drop(s, socket_first(s));
		(void)sched_worked(&worked, PEER_WORK);
	}
	socket_name_put(s->name);
	socket_name_put(s->peer_name);
	ns_put(NS_NET, s->net);
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
	s->net = ns_get(current->ns[NS_NET]);
	list_add(&s->by_serial, socket_bucket(s->serial));
	list_init(&s->by_name);
	list_init(&s->peers);
	list_init(&s->at_peer);
	s->refused = true;
	s->room[false] = s->room[true] = SOCKET_ROOM;
	s->timeout[0] = s->timeout[1] = TIME_NEVER;
	s->low_water = 1;
	s->cpu = -1;
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

static void socket_join(struct socket *s, struct socket *peer)
{
	socket_set_peer(s, peer);
	s->connected = true;
	s->refused = false;
	socket_note_peer(s);
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
	socket_join(pair[0]->data, pair[1]->data);
	socket_join(pair[1]->data, pair[0]->data);
	return 0;
}
