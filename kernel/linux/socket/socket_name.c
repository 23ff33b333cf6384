/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_name.c - addresses of unix sockets: paths in the tree, and names
 * without one. [net/unix/af_unix.c]
 */
#include "socket.h"

#include <string.h>

#include "page.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"

#define FAMILY_SIZE (uint32_t)sizeof(uint16_t)
#define STORAGE_MAX 128 /* the longest address of any family */

void socket_name_put(struct socket_name *n)
{
	if (n == NULL || --n->refs != 0)
		return;
	inode_put(n->inode);
	kfree(n);
}

int socket_name_read(struct socket_name *n, uint64_t uaddr, uint64_t len)
{
	uint8_t bytes[STORAGE_MAX];

	if ((uint32_t)len > STORAGE_MAX)
		return -EINVAL;
	if (copy_from_user(bytes, uaddr, (uint32_t)len) != 0)
		return -EFAULT;
	*n = (struct socket_name){ .len = (uint32_t)len };
	if (n->len < FAMILY_SIZE || n->len > sizeof(n->address))
		return -EINVAL;
	memcpy(&n->address, bytes, n->len);
	if (n->address.sun_family != AF_UNIX && n->address.sun_family != 0)
		return -EINVAL;
	/* A path ends at its first zero byte, and shows it. */
	if (n->len > FAMILY_SIZE && n->address.sun_path[0] != '\0')
		n->len = FAMILY_SIZE + (uint32_t)strlen(n->address.sun_path) + 1;
	return 0;
}

int socket_name_write(const struct socket_name *n, uint32_t none, uint64_t uaddr, uint64_t ulen)
{
	static const uint16_t family = AF_UNIX;
	const uint32_t size = n != NULL ? n->len : none;
	const void *from = n != NULL ? (const void *)&n->address : &family;
	int32_t room;

	if (copy_from_user(&room, ulen, sizeof(room)) != 0)
		return -EFAULT;
	if (room < 0)
		return -EINVAL;
	if (copy_to_user(uaddr, from, (uint32_t)room < size ? (uint32_t)room : size) != 0)
		return -EFAULT;
	return copy_to_user(ulen, &size, sizeof(size));
}

static bool is_path(const struct socket_name *n)
{
	return n->address.sun_path[0] != '\0';
}

/* The socket that is bound to inode I, or, I NULL, to the same bytes and of TYPE; NULL: none. */
static struct socket *bound(const struct inode *i, const struct socket_name *n, uint32_t type)
{
	list_for_each(link, &socket_all) {
		struct socket *s = container_of(link, struct socket, all);
		const struct socket_name *has = s->name;

		if (has == NULL || (s->connected && s->type != SOCK_DGRAM))
			continue;
		if (i != NULL ? has->inode == i
			      : has->inode == NULL && s->type == type && has->len == n->len &&
					memcmp(&has->address, &n->address, n->len) == 0)
			return s;
	}
	return NULL;
}

int socket_find(const struct socket_name *n, uint32_t type, struct socket **out)
{
	struct inode *i = NULL;
	int err = 0;

	if (n->len <= FAMILY_SIZE || n->address.sun_family != AF_UNIX)
		return -EINVAL;
	if (is_path(n)) {
		err = fs_resolve(AT_FDCWD, n->address.sun_path, true, &i);
		if (err == 0)
			err = inode_permission(i, MAY_WRITE);
	}
	*out = err == 0 ? bound(i, n, type) : NULL;
	if (i != NULL)
		inode_put(i);
	if (err != 0)
		return err;
	return *out == NULL ? -ECONNREFUSED : (*out)->type != type ? -EPROTOTYPE : 0;
}

int socket_bind(struct socket *s, const struct socket_name *n)
{
	struct socket_name *own = kmalloc(sizeof(*own));
	struct inode *i = NULL;
	int err = own == NULL ? -ENOMEM : n->len <= FAMILY_SIZE || n->address.sun_family != AF_UNIX ? -EINVAL : 0;

	if (err == 0 && is_path(n)) {
		err = path_make(AT_FDCWD, n->address.sun_path, S_IFSOCK | (0777 & ~current->fs->umask), &i);
		if (err == -EEXIST)
			err = -EADDRINUSE;
	}
	if (err == 0 && s->name != NULL)
		err = -EINVAL;
	if (err == 0 && i == NULL && bound(NULL, n, s->type) != NULL)
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
	return 0;
}

int socket_bind_any(struct socket *s)
{
	static uint32_t last;
	struct socket_name n = { .len = FAMILY_SIZE + 6, .address.sun_family = AF_UNIX };
	struct text t;
	int err = 0;

	if (s->name != NULL)
		return 0;
	do {
		text_init_fixed(&t, n.address.sun_path + 1, sizeof(n.address.sun_path) - 1);
		text_add(&t, "%05x", ++last & 0xfffff);
		err = socket_bind(s, &n);
	} while (err == -EADDRINUSE);
	return err;
}
