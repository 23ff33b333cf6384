/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix.c - the names of unix sockets, and the sockets that these lead to. A name is a path, or it
 * is abstract: it starts with a zero byte, and is no file. [unix(7), net/unix/af_unix.c]
 */
#include <string.h>

#include "page.h"
#include "socket.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"

#define FAMILY_SIZE (uint32_t)sizeof(uint16_t)

static int unix_kind(uint32_t *type, uint32_t *protocol)
{
	if (*protocol != 0 && *protocol != AF_UNIX)
		return -EPROTONOSUPPORT;
	*protocol = 0;
	if (*type == SOCK_RAW)
		*type = SOCK_DGRAM;
	return *type == SOCK_STREAM || *type == SOCK_DGRAM || *type == SOCK_SEQPACKET ? 0 : -ESOCKTNOSUPPORT;
}

/*
 * Shortens *N to the form in which it is shown: a path ends at its first zero byte. 0; or -EINVAL:
 * it is not a unix socket's, holds no name, or is too long. [unix_validate_addr]
 */
static int validate_name(struct socket_name *n)
{
	if (n->len <= FAMILY_SIZE || n->len > sizeof(n->address) || n->family != AF_UNIX)
		return -EINVAL;
	if (n->address.sun_path[0] != '\0')
		n->len = FAMILY_SIZE + (uint32_t)strlen(n->address.sun_path) + 1;
	return 0;
}

static bool is_path(const struct socket_name *n)
{
	return n->address.sun_path[0] != '\0';
}

/* The hash chain for sockets that are bound to inode I or, if I is NULL, to the abstract name N. */
static struct list *unix_bucket(const struct inode *i, const struct socket_name *n)
{
	static struct list by_name[64];
	uint64_t hash = i != NULL ? i->ino : n->len;
	struct list *b;

	for (uint32_t at = 0; i == NULL && at < n->len; at++)
		hash = hash * 31 + n->bytes[at];
	b = &by_name[hash % 64];
	if (b->next == NULL)
		list_init(b);
	return b;
}

/*
 * The socket that is bound to inode I; or, if I is NULL, the one of BY's type and network namespace
 * that is bound to the abstract name N. NULL: none.
 */
static struct socket *find_bound(const struct socket *by, const struct inode *i, const struct socket_name *n)
{
	list_for_each(link, unix_bucket(i, n)) {
		struct socket *s = container_of(link, struct socket, by_name);
		const struct socket_name *has = s->name;

		if (i != NULL ? has->inode == i
			      : has->inode == NULL && s->type == by->type && s->net == by->net && has->len == n->len &&
					memcmp(&has->address, &n->address, n->len) == 0)
			return s;
	}
	return NULL;
}

/* [unix_find_other] */
static int unix_find(struct socket *s, const struct socket_name *name, struct socket **out)
{
	struct socket_name n = *name;
	struct inode *i = NULL;
	int err = validate_name(&n);

	if (err != 0)
		return err;
	if (is_path(&n)) {
		err = fs_resolve(AT_FDCWD, n.address.sun_path, true, &i);
		if (err == 0)
			err = inode_permission(i, MAY_WRITE);
	}
	*out = err == 0 ? find_bound(s, i, &n) : NULL;
	if (i != NULL)
		inode_put(i);
	if (err != 0)
		return err;
	return *out == NULL ? -ECONNREFUSED : (*out)->type != s->type ? -EPROTOTYPE : 0;
}

/*
 * Binds S to N; a path is created as a socket in the file system. 0, -EADDRINUSE, -EINVAL (S has a
 * name), -ENOMEM, or an error of path_make(). [unix_bind_bsd, unix_bind_abstract]
 */
static int bind_name(struct socket *s, const struct socket_name *n)
{
	struct socket_name *own = kmalloc(sizeof(*own));
	struct inode *i = NULL;
	int err = own == NULL ? -ENOMEM : 0;

	if (err == 0 && is_path(n)) {
		err = path_make(AT_FDCWD, n->address.sun_path, S_IFSOCK | (0777 & ~current->fs->umask), &i);
		if (err == -EEXIST)
			err = -EADDRINUSE;
	}
	if (err == 0 && s->name != NULL)
		err = -EINVAL;
	if (err == 0 && i == NULL && find_bound(s, NULL, n) != NULL)
		err = -EADDRINUSE;
	if (err != 0) {
		if (i != NULL) {
			tree_unlink(i);
			inode_put(i);
		}
		kfree(own);
		return err;
	}
	*own = *n;
	own->refs = 1;
	own->inode = i;
	s->name = own;
	list_add_tail(&s->by_name, unix_bucket(i, own));
	return 0;
}

/* Binds S to a free abstract name of five hex digits: 0 or -errno. [unix_autobind] */
static int bind_any(struct socket *s)
{
	static uint32_t last;
	struct socket_name n = { .len = FAMILY_SIZE + 6, .family = AF_UNIX };
	struct text t;
	int err = 0;

	if (s->name != NULL)
		return 0;
	do {
		text_init_fixed(&t, n.address.sun_path + 1, sizeof(n.address.sun_path) - 1);
		text_add(&t, "%05x", ++last & 0xfffff);
		err = bind_name(s, &n);
	} while (err == -EADDRINUSE);
	return err;
}

static int unix_bind(struct socket *s, const struct socket_name *name)
{
	struct socket_name n = *name;
	int err;

	if (n.len == FAMILY_SIZE && n.family == AF_UNIX)
		return bind_any(s);
	err = validate_name(&n);
	return err != 0 ? err : bind_name(s, &n);
}

/*
 * S, a datagram socket, sends to another one than OLD from now on: what is in its queue is lost.
 * OLD hears that if it sends to S. [unix_dgram_disconnected]
 */
static void lose_messages(struct socket *s, struct socket *old)
{
	if (socket_first(s) == NULL)
		return;
	while (socket_first(s) != NULL)
		socket_drop(s, socket_first(s));
	waitq_wake(socket_room(s));
	if (old->peer == s) {
		old->error = ECONNRESET;
		waitq_wake(&old->changed);
	}
}

/* Makes S send to the socket called N from now on; with AF_UNSPEC, to none. */
static int connect_datagrams(struct socket *s, const struct socket_name *n)
{
	struct socket *other = NULL, *old = s->peer;
	int err = 0;

	if (n->family != AF_UNSPEC)
		err = unix_find(s, n, &other);
	if (err != 0)
		return err;
	if (other != NULL && other->peer != NULL && other->peer != s)
		return -EPERM;
	socket_set_peer(s, other);
	if (old != NULL && old != other)
		lose_messages(s, old);
	s->connected = other != NULL;
	s->refused = other == NULL;
	return 0;
}

static int unix_connect(struct file *f, const struct socket_name *n)
{
	struct socket *s = f->data;

	if (n->len < FAMILY_SIZE)
		return -EINVAL;
	return s->type == SOCK_DGRAM ? connect_datagrams(s, n) : socket_connect(f, n);
}

static int unix_listen(struct socket *s)
{
	if (s->name == NULL)
		return -EINVAL;
	socket_note_peer(s);
	return 0;
}

static void unix_join(struct socket *s, struct socket *end, const struct socket *listener)
{
	end->name = socket_name_get(listener->name);
	socket_note_peer(end);
	socket_copy_peer(s, listener);
}

static int unix_send_to(struct socket *s, const struct socket_name *n, struct ancillary *a)
{
	struct socket *to;
	int err;

	if (n->len == 0)
		return 0;
	if (s->type != SOCK_DGRAM)
		return !is_stream(s) ? 0 : s->connected ? -EISCONN : -EOPNOTSUPP;
	err = unix_find(s, n, &to);
	if (err == 0)
		a->to = to->serial;
	return err;
}

static int unix_name(const struct socket *s, bool peer, struct socket_name *n)
{
	const struct socket_name *has;

	if (peer && s->peer == NULL && !s->peer_gone)
		return -ENOTCONN;
	has = !peer ? s->name : s->peer != NULL ? s->peer->name : s->peer_name;
	*n = has != NULL ? *has : (struct socket_name){ .len = FAMILY_SIZE, .family = AF_UNIX };
	return 0;
}

const struct socket_family socket_unix = {
	.number = AF_UNIX,
	.kind = unix_kind,
	.bind = unix_bind,
	.connect = unix_connect,
	.listen = unix_listen,
	.find = unix_find,
	.join = unix_join,
	.send_to = unix_send_to,
	.send = socket_send,
	.name = unix_name,
};
