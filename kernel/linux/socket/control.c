/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control.c - the control messages of sendmsg and recvmsg: open files and credentials.
 * [net/core/scm.c]
 */
#include "control.h"

#include "file.h"
#include "inet.h"
#include "page.h"
#include "socket.h"
#include "task.h"
#include "usercopy.h"

#define CMSG_ALIGN(n) (((n) + 7) & ~7UL)
#define CONTROL_MAX 20480UL /* [net.core.optmem_max] */

/* ---- sent ---- */

/* SCM_RIGHTS: adds the files of BYTES / 4 descriptors, at user address FROM, to a->rights. */
static int add_files(struct ancillary *a, uint64_t from, uint64_t bytes)
{
	uint32_t count = (uint32_t)(bytes / sizeof(int32_t));

	if (a->rights == NULL)
		a->rights = kmalloc(sizeof(*a->rights));
	if (a->rights == NULL)
		return -ENOMEM;
	if (bytes / sizeof(int32_t) > SCM_MAX_FD - a->rights->count)
		return -EINVAL;
	for (uint32_t n = 0; n < count; n++) {
		struct file *f;
		int32_t fd;

		if (copy_from_user(&fd, from + n * sizeof(fd), sizeof(fd)) != 0)
			return -EFAULT;
		f = fd_get((uint32_t)fd);
		if (f == NULL)
			return -EBADF;
		a->rights->file[a->rights->count++] = f;
	}
	return 0;
}

static int set_credentials(struct ancillary *a, uint64_t from, uint64_t bytes)
{
	struct ucred u;
	int err;

	if (bytes != sizeof(u))
		return -EINVAL;
	if (copy_from_user(&u, from, sizeof(u)) != 0)
		return -EFAULT;
	err = socket_claim_cred(&u);
	if (err == 0)
		a->sender = u;
	return err;
}

int control_read(const struct socket *s, struct ancillary *a, uint64_t at, uint64_t len)
{
	struct cmsghdr h;
	int err = 0;

	if (len > CONTROL_MAX)
		return -ENOBUFS;
	while (err == 0 && len >= sizeof(h)) {
		uint64_t step;

		if (copy_from_user(&h, at, sizeof(h)) != 0)
			return -EFAULT;
		if (h.cmsg_len < sizeof(h) || h.cmsg_len > len)
			return -EINVAL;
		if (h.cmsg_level == SOL_SOCKET) {
			if (h.cmsg_type == SCM_RIGHTS)
				err = add_files(a, at + sizeof(h), h.cmsg_len - sizeof(h));
			else if (h.cmsg_type == SCM_CREDENTIALS)
				err = set_credentials(a, at + sizeof(h), h.cmsg_len - sizeof(h));
			else
				err = -EINVAL;
		} else if (s->inet != NULL) {
			err = inet_read_info(s, a, &h, at + sizeof(h));
		}
		step = CMSG_ALIGN(h.cmsg_len);
		if (step > len)
			break;
		at += step;
		len -= step;
	}
	return err;
}

/* ---- received ---- */

/* LEN bytes of control messages, or as many as there is room for, have been copied out. */
static void control_advance(struct control *c, uint64_t len)
{
	const uint64_t step = len < c->left ? len : c->left;

	c->at += step;
	c->left -= step;
}

void control_put(struct control *c, int32_t level, int32_t type, const void *data, uint64_t len)
{
	struct cmsghdr h = { .cmsg_len = sizeof(h) + len, .cmsg_level = level, .cmsg_type = type };
	const uint64_t whole = CMSG_ALIGN(h.cmsg_len);

	if (c->left < sizeof(h)) {
		c->flags |= MSG_CTRUNC;
		return;
	}
	if (h.cmsg_len > c->left) {
		c->flags |= MSG_CTRUNC;
		h.cmsg_len = c->left;
	}
	if (copy_to_user(c->at, &h, sizeof(h)) == 0 &&
	    copy_to_user(c->at + sizeof(h), data, h.cmsg_len - sizeof(h)) == 0)
		control_advance(c, whole);
}

/*
 * Stores the number of a free descriptor at user address TO, and puts F, with a reference of its
 * own, there: 0, or -EMFILE, -ENOMEM or -EFAULT with nothing installed. [receive_fd]
 */
static long install_told(struct file *f, bool cloexec, uint64_t to)
{
	long fd;

	do {
		int32_t number;

		fd = fd_reserve(current->files);
		if (fd < 0)
			return fd;
		number = (int32_t)fd;
		if (copy_to_user(to, &number, sizeof(number)) != 0)
			return -EFAULT;
	} while (fd_reserve(current->files) != fd); /* a thread has taken it meanwhile */
	fd = fd_install(current->files, file_get(f), (uint32_t)fd, cloexec);
	return fd < 0 ? fd : 0;
}

void control_put_files(struct control *c, const struct rights *r, bool cloexec)
{
	struct cmsghdr h = { .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	const uint64_t room = c->left > sizeof(h) ? (c->left - sizeof(h)) / sizeof(int32_t) : 0;
	uint32_t n = 0;

	while (n < r->count && n < room &&
	       install_told(r->file[n], cloexec, c->at + sizeof(h) + n * sizeof(int32_t)) == 0)
		n++;
	if (n < r->count)
		c->flags |= MSG_CTRUNC;
	h.cmsg_len = sizeof(h) + n * sizeof(int32_t);
	if (n > 0 && copy_to_user(c->at, &h, sizeof(h)) == 0)
		control_advance(c, CMSG_ALIGN(h.cmsg_len));
}
