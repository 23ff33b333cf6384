/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_name.c - addresses of sockets, as programs give and get them. [net/socket.c]
 */
#include "socket.h"

#include <string.h>

#include "kassert.h"
#include "page.h"
#include "usercopy.h"

void socket_name_put(struct socket_name *n)
{
	KASSERT(n == NULL || n->refs != 0);
	if (n == NULL || --n->refs != 0)
		return;
	inode_put(n->inode);
	kfree(n);
}

int socket_name_read(struct socket_name *n, uint64_t uaddr, uint64_t len)
{
	*n = (struct socket_name){ .len = (uint32_t)len };
	if (n->len > SOCKET_NAME_MAX)
		return -EINVAL;
	return copy_from_user(n->bytes, uaddr, n->len) == 0 ? 0 : -EFAULT;
}

int socket_name_write(const struct socket_name *n, uint64_t uaddr, uint64_t ulen)
{
	const uint32_t size = n != NULL ? n->len : 0;
	int32_t room;

	if (copy_from_user(&room, ulen, sizeof(room)) != 0)
		return -EFAULT;
	if (room < 0)
		return -EINVAL;
	if (n != NULL && copy_to_user(uaddr, n->bytes, (uint32_t)room < size ? (uint32_t)room : size) != 0)
		return -EFAULT;
	return copy_to_user(ulen, &size, sizeof(size));
}
