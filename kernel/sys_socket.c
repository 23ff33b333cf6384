/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_socket.c - the calls that make and ask about sockets; those that move messages are in sys_message.c.
 */
#include "file.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define BUFFER_SIZE 212992

#define FAMILIES 46 /* [AF_MAX] */
#define TYPES 11    /* [SOCK_MAX] */

/* Is there such a kind? 0 with *TYPE without flags, or -EINVAL, -EAFNOSUPPORT, -EPROTONOSUPPORT, -ESOCKTNOSUPPORT. [__sock_create] */
static int check_kind(uint64_t family, uint64_t utype, uint64_t protocol, uint32_t *type)
{
	*type = (uint32_t)utype & 0xf;
	if ((uint32_t)utype & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK | 0xf))
		return -EINVAL;
	if ((uint32_t)family < FAMILIES && *type >= TYPES)
		return -EINVAL;
	if ((int)family != AF_UNIX)
		return -EAFNOSUPPORT;
	if ((int)protocol != 0 && (int)protocol != AF_UNIX)
		return -EPROTONOSUPPORT;
	if (*type == SOCK_RAW)
		*type = SOCK_DGRAM;
	return *type == SOCK_STREAM || *type == SOCK_DGRAM || *type == SOCK_SEQPACKET ? 0 : -ESOCKTNOSUPPORT;
}

static long install(struct file *f, uint64_t flags)
{
	long fd = f != NULL ? fd_install(current->files, f, 0, (flags & SOCK_CLOEXEC) != 0) : -ENOMEM;

	if (fd < 0 && f != NULL)
		file_put(f);
	return fd;
}

long sys_socket(uint64_t family, uint64_t utype, uint64_t protocol)
{
	uint32_t type;
	const int err = check_kind(family, utype, protocol, &type);

	return err != 0 ? err : install(socket_create(type, (uint32_t)utype & SOCK_NONBLOCK), utype);
}

long sys_socketpair(uint64_t family, uint64_t utype, uint64_t protocol, uint64_t ufds)
{
	const uint32_t flags = (uint32_t)utype;
	uint32_t type;
	bool cloexec = (flags & SOCK_CLOEXEC) != 0;
	struct file *pair[2];
	int32_t fds[2];
	long fd;
	int err;

	err = check_kind(family, utype, protocol, &type);
	if (err != 0)
		return err;
	err = socket_pair(type, flags & SOCK_NONBLOCK, pair);
	if (err != 0)
		return err;
	fd = fd_install(current->files, pair[0], 0, cloexec);
	if (fd >= 0) {
		fds[0] = (int32_t)fd;
		fd = fd_install(current->files, pair[1], 0, cloexec);
		if (fd < 0)
			(void)fd_close(current->files, (uint32_t)fds[0]);
	} else {
		file_put(pair[0]);
	}
	if (fd < 0) {
		file_put(pair[1]);
		return fd;
	}
	fds[1] = (int32_t)fd;
	if (copy_to_user(ufds, fds, sizeof(fds)) == 0)
		return 0;
	(void)fd_close(current->files, (uint32_t)fds[0]);
	(void)fd_close(current->files, (uint32_t)fds[1]);
	return -EFAULT;
}

/* The socket behind a descriptor, with a reference to its opening in *F: 0, -EBADF, -ENOTSOCK. */
static int get(uint64_t fd, struct file **f, struct socket **s)
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

long sys_bind(uint64_t fd, uint64_t name, uint64_t len)
{
	struct socket_name n;
	struct socket *s;
	struct file *f;
	int err = get(fd, &f, &s);

	if (err != 0)
		return err;
	err = socket_name_read(&n, name, len);
	if (err == 0)
		err = n.len == sizeof(uint16_t) && n.address.sun_family == AF_UNIX ? socket_bind_any(s)
										   : socket_bind(s, &n);
	file_put(f);
	return err;
}

long sys_connect(uint64_t fd, uint64_t name, uint64_t len)
{
	struct socket_name n;
	struct socket *s;
	struct file *f;
	int err = get(fd, &f, &s);

	if (err != 0)
		return err;
	err = socket_name_read(&n, name, len);
	if (err == 0)
		err = socket_connect(f, &n);
	file_put(f);
	return err;
}

long sys_listen(uint64_t fd, uint64_t backlog)
{
	struct socket *s;
	struct file *f;
	int err = get(fd, &f, &s);

	if (err != 0)
		return err;
	err = socket_listen(s, (uint32_t)backlog);
	file_put(f);
	return err;
}

long sys_accept4(uint64_t fd, uint64_t name, uint64_t len, uint64_t flags)
{
	struct file *f, *new;
	struct socket *s;
	long result;

	if ((uint32_t)flags & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK))
		return -EINVAL;
	result = get(fd, &f, &s);
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
	if (name != 0)
		result = socket_name_write(s->peer != NULL ? s->peer->name : NULL, sizeof(uint16_t), name, len);
	if (result == 0)
		return install(new, flags);
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
	int err = get(fd, &f, &s);

	if (err != 0)
		return err;
	if ((uint32_t)how > SHUT_RDWR)
		err = -EINVAL;
	else
		socket_shutdown(s, how != SHUT_WR, how != SHUT_RD);
	file_put(f);
	return err;
}

static int option_value(struct socket *s, uint32_t option, int32_t *value)
{
	switch (option) {
	case SO_TYPE:
		*value = (int32_t)s->type;
		return 0;
	case SO_DOMAIN:
		*value = AF_UNIX;
		return 0;
	case SO_PROTOCOL:
		*value = 0;
		return 0;
	case SO_ACCEPTCONN:
		*value = s->listening;
		return 0;
	case SO_SNDBUF:
	case SO_RCVBUF:
		*value = BUFFER_SIZE;
		return 0;
	case SO_PASSCRED:
		*value = s->pass_credentials;
		return 0;
	case SO_ERROR:
		*value = s->error;
		s->error = 0;
		return 0;
	default:
		return -ENOPROTOOPT;
	}
}

/* SO_PEERCRED: the peer's, as they were when the two were connected. */
static long get_option(struct socket *s, uint64_t level, uint64_t option, uint64_t uvalue, uint64_t ulen)
{
	int32_t len, value;
	const void *from = &value;
	int32_t size = sizeof(value);
	struct ucred shown;
	int err;

	if ((int)level != SOL_SOCKET)
		return -EOPNOTSUPP;
	if (copy_from_user(&len, ulen, sizeof(len)) != 0)
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	if ((int)option == SO_PEERCRED) {
		shown = socket_show_cred(&s->peer_at_start);
		from = &shown;
		size = sizeof(shown);
	} else {
		err = option_value(s, (uint32_t)option, &value);
		if (err != 0)
			return err;
	}
	if (len > size)
		len = size;
	if (copy_to_user(uvalue, from, (size_t)len) != 0 || copy_to_user(ulen, &len, sizeof(len)) != 0)
		return -EFAULT;
	return 0;
}

long sys_getsockopt(uint64_t fd, uint64_t level, uint64_t option, uint64_t value, uint64_t len)
{
	struct socket *s;
	struct file *f;
	long result = get(fd, &f, &s);

	if (result != 0)
		return result;
	result = get_option(s, level, option, value, len);
	file_put(f);
	return result;
}

long sys_setsockopt(uint64_t fd, uint64_t level, uint64_t option, uint64_t uvalue, uint64_t len)
{
	struct socket *s;
	struct file *f;
	int32_t value;
	long result = get(fd, &f, &s);

	if (result != 0)
		return result;
	if ((int)level != SOL_SOCKET)
		result = -EOPNOTSUPP;
	else if ((int)len < (int)sizeof(value))
		result = -EINVAL;
	else if (copy_from_user(&value, uvalue, sizeof(value)) != 0)
		result = -EFAULT;
	else if ((int)option == SO_PASSCRED)
		s->pass_credentials = value != 0;
	else
		result = -ENOPROTOOPT;
	file_put(f);
	return result;
}

static long put_name(uint64_t fd, uint64_t uname, uint64_t ulen, bool peer)
{
	struct socket *s;
	struct file *f;
	long result = get(fd, &f, &s);

	if (result != 0)
		return result;
	if (peer && s->peer == NULL)
		result = -ENOTCONN;
	else
		result = socket_name_write(peer ? s->peer->name : s->name, sizeof(uint16_t), uname, ulen);
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
