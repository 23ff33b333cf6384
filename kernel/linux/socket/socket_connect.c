/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_connect.c - how two sockets that were not made as a pair are connected: listen, connect,
 * accept.
 * [net/unix/af_unix.c, net/ipv4/af_inet.c]
 *
 * connect(2) makes the other end at once; accept(2) only gives it a descriptor.
 */
#include "socket.h"

#include "task.h"

#define BACKLOG_MAX 4096 /* [net.core.somaxconn] */

/*
 * Waits until the listener called N has room for one more connection: 0, and it is *LISTENER; or
 * -errno.
 */
static int await_listener(struct file *f, const struct socket_name *n, struct socket **listener)
{
	struct socket *s = f->data;
	const uint64_t deadline = socket_deadline(s, true);

	for (;;) {
		int err = s->family->find(s, n, listener);

		if (err != 0)
			return err;
		if (!(*listener)->listening || (*listener)->shut_read)
			return -ECONNREFUSED;
		if ((*listener)->backlog_len <= (*listener)->backlog_max)
			return s->connected ? -EISCONN : s->listening ? -EINVAL : 0;
		err = socket_sleep(f, s, socket_room(*listener), 0, deadline);
		if (err != 0)
			return err;
	}
}

int socket_connect(struct file *f, const struct socket_name *n)
{
	struct socket *s = f->data, *listener, *end;
	struct file *new;
	int err;

	err = await_listener(f, n, &listener);
	if (err != 0)
		return err;
	new = socket_create(listener->family, s->type, s->protocol, 0);
	if (new == NULL)
		return -ENOMEM;
	end = new->data;
	s->family->join(s, end, listener);
	socket_set_peer(end, s);
	socket_set_peer(s, end);
	s->connected = end->connected = true;
	list_add_tail(&end->waiting, &listener->backlog);
	end->listener = listener;
	listener->backlog_len++;
	waitq_wake(&s->changed);
	waitq_wake(&listener->changed);
	return 0;
}

int socket_listen(struct socket *s, uint32_t backlog)
{
	int err;

	if (s->type == SOCK_DGRAM)
		return -EOPNOTSUPP;
	err = s->connected ? -EINVAL : s->family->listen(s);
	if (err != 0)
		return err;
	s->listening = true;
	s->backlog_max = backlog < BACKLOG_MAX ? backlog : BACKLOG_MAX;
	waitq_wake(socket_room(s));
	return 0;
}

/*
 * Takes the oldest connection out of S's backlog: its open file, with its reference; NULL: there is
 * none.
 */
static struct file *socket_connect_take(struct socket *s)
{
	struct socket *end = container_of(s->backlog.next, struct socket, waiting);

	if (list_empty(&s->backlog))
		return NULL;
	list_del(&end->waiting);
	list_del(&end->loading);
	end->listener = NULL;
	s->backlog_len--;
	return end->file;
}

int socket_accept(struct file *f, struct file **out)
{
	struct socket *s = f->data;
	const uint64_t deadline = socket_deadline(s, false);

	if (s->type == SOCK_DGRAM)
		return -EOPNOTSUPP;
	if (!s->listening)
		return -EINVAL;
	while ((*out = socket_connect_take(s)) == NULL) {
		const int err = s->shut_read ? -EINVAL : socket_sleep(f, s, NULL, 0, deadline);

		if (err != 0)
			return err;
	}
	waitq_wake(socket_room(s));
	return 0;
}

#define DROP_WORK (64 * SCHED_STEP) /* closing one */

void socket_drop_backlog(struct socket *s)
{
	uint32_t worked = 0;
	struct file *f;

	while ((f = socket_connect_take(s)) != NULL) {
		struct socket *end = f->data;

		if (end->peer != NULL)
			end->peer->error = ECONNRESET;
		file_put(f);
		(void)sched_worked(&worked, DROP_WORK);
	}
	if (s->listening)
		waitq_wake(socket_room(s));
}
