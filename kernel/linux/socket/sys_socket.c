/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_socket.c - the calls that make sockets and ask about them; those that move messages are in
 * sys_message.c.
 */
#include "absent.h"
#include "file.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define FAMILIES 46 /* [AF_MAX] */
#define TYPES 11    /* [SOCK_MAX] */

/* The kind of socket that socket(2) or socketpair(2) asks for. */
struct kind {
	const struct socket_family *family;
	uint32_t type, protocol;
};

/*
 * Finds the family, and lets it check the type and protocol: 0 and *K; -EINVAL, -EAFNOSUPPORT, or
 * an error of the family's kind(). [__sock_create]
 */
static int read_kind(uint64_t family, uint64_t utype, uint64_t protocol, struct kind *k)
{
	static const struct socket_family *const families[] = { &socket_unix, &socket_inet, &socket_inet6,
								&socket_netlink };

	k->type = (uint32_t)utype & 0xf;
	if ((uint32_t)utype & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK | 0xf))
		return -EINVAL;
	if ((uint32_t)family < FAMILIES && k->type >= TYPES)
		return -EINVAL;
	k->protocol = (uint32_t)protocol;
	for (size_t n = 0; n < sizeof(families) / sizeof(families[0]); n++)
		if (families[n]->number == (uint32_t)family) {
			k->family = families[n];
			return k->family->kind(&k->type, &k->protocol);
		}
	absent_say("socket", "family", (uint32_t)family, "EAFNOSUPPORT");
	return -EAFNOSUPPORT;
}

/* Installs F, whose reference is taken over: the descriptor, or -errno. NULL gives -ENOMEM. */
static long socket_install(struct file *f, uint64_t flags)
{
	return f != NULL ? fd_install(current->files, f, 0, (flags & SOCK_CLOEXEC) != 0) : -ENOMEM;
}

long sys_socket(uint64_t family, uint64_t utype, uint64_t protocol)
{
	struct kind k;
	const int err = read_kind(family, utype, protocol, &k);

	return err != 0 ? err
			: socket_install(socket_create(k.family, k.type, k.protocol, (uint32_t)utype & SOCK_NONBLOCK),
					 utype);
}

long sys_socketpair(uint64_t family, uint64_t utype, uint64_t protocol, uint64_t ufds)
{
	const uint32_t flags = (uint32_t)utype;
	struct kind k;
	struct file *pair[2];
	int err;

	err = read_kind(family, utype, protocol, &k);
	if (err == 0 && k.family != &socket_unix)
		err = -EOPNOTSUPP;
	if (err != 0)
		return err;
	err = socket_pair(k.type, flags & SOCK_NONBLOCK, pair);
	if (err != 0)
		return err;
	return fd_install_pair(pair, (flags & SOCK_CLOEXEC) != 0, ufds);
}

int socket_get(uint64_t fd, struct file **f, struct socket **s)
{
	*f = fd_get(fd);
	if (*f == NULL)
		return -EBADF;
	*s = socket_of(*f);
	if (*s != NULL)
		return 0;
	file_put(*f);
	return -ENOTSOCK;
}

/* Binds the socket behind FD to the address at user address NAME, or CONNECTS it to that. */
static long with_name(uint64_t fd, uint64_t name, uint64_t len, bool connects)
{
	struct socket_name n;
	struct socket *s;
	struct file *f;
	int err = socket_get(fd, &f, &s);

	if (err != 0)
		return err;
	err = socket_name_read(&n, name, len);
	if (err == 0)
		err = connects ? s->family->connect(f, &n) : s->family->bind(s, &n);
	file_put(f);
	return err;
}

long sys_bind(uint64_t fd, uint64_t name, uint64_t len)
{
	return with_name(fd, name, len, false);
}

long sys_connect(uint64_t fd, uint64_t name, uint64_t len)
{
	return with_name(fd, name, len, true);
}

long sys_listen(uint64_t fd, uint64_t backlog)
{
	struct socket *s;
	struct file *f;
	int err = socket_get(fd, &f, &s);

	if (err != 0)
		return err;
	err = socket_listen(s, (uint32_t)backlog);
	file_put(f);
	return err;
}

long sys_accept4(uint64_t fd, uint64_t name, uint64_t len, uint64_t flags)
{
	struct file *f, *new;
	struct socket_name n;
	struct socket *s;
	long result;

	if ((uint32_t)flags & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK))
		return -EINVAL;
	result = socket_get(fd, &f, &s);
	if (result != 0)
		return result;
	result = fd_reserve(current->files);
	if (result >= 0)
		result = socket_accept(f, &new);
	file_put(f);
	if (result != 0)
		return result;
	s = new->data;
	new->flags |= (uint32_t)flags &SOCK_NONBLOCK;
	if (name != 0) {
		result = s->family->name(s, true, &n);
		result = result == 0 ? socket_name_write(&n, name, len) : -ECONNABORTED;
	}
	if (result == 0)
		return socket_install(new, flags);
	file_put(new);
	return result;
}

long sys_accept(uint64_t fd, uint64_t name, uint64_t len)
{
	return sys_accept4(fd, name, len, 0);
}

long sys_shutdown(uint64_t fd, uint64_t how)
{
	struct socket *s;
	struct file *f;
	int err = socket_get(fd, &f, &s);

	if (err != 0)
		return err;
	if (s->family == &socket_netlink)
		err = -EOPNOTSUPP;
	else if ((uint32_t)how > SHUT_RDWR)
		err = -EINVAL;
	else
		socket_shutdown(s, how != SHUT_WR, how != SHUT_RD);
	/* Linux, too, shuts an unconnected internet socket before it fails. [inet_shutdown] */
	if (err == 0 && !is_unix(s) && !s->connected && !s->listening)
		err = -ENOTCONN;
	file_put(f);
	return err;
}

/* getsockname(2) and, with PEER, getpeername(2). */
static long put_name(uint64_t fd, uint64_t uname, uint64_t ulen, bool peer)
{
	struct socket_name n;
	struct socket *s;
	struct file *f;
	long result = socket_get(fd, &f, &s);

	if (result != 0)
		return result;
	result = s->family->name(s, peer, &n);
	if (result == 0)
		result = socket_name_write(&n, uname, ulen);
	file_put(f);
	return result;
}

long sys_getsockname(uint64_t fd, uint64_t name, uint64_t len)
{
	return put_name(fd, name, len, false);
}

long sys_getpeername(uint64_t fd, uint64_t name, uint64_t len)
{
	return put_name(fd, name, len, true);
}
