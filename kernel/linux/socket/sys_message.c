/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_message.c - sendto, sendmsg, recvfrom, recvmsg: bytes through a socket, and the control
 * messages with them.
 */
#include <string.h>

#include "file.h"
#include "page.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define CMSG_ALIGN(n) (((n) + 7) & ~7UL)
#define CONTROL_MAX 20480UL /* [net.core.optmem_max] */

/* Stores the receiver that a message names, if it names one, in *A: 0 or -errno. */
static int message_read_name(const struct file *f, uint64_t uname, int32_t len, struct ancillary *a)
{
	struct socket *s = socket_of(f);
	struct socket_name name;
	int err;

	if (uname == 0 || len == 0)
		return 0;
	if (len < 0)
		return -EINVAL;
	err = socket_name_read(&name, uname, (uint32_t)len);
	return err != 0 ? err : s->family->send_to(s, &name, a);
}

/* ---- control messages out ---- */

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

/*
 * Reads the control messages at [AT, AT + LEN) into *A, whose rights the caller frees
 * whatever this returns. [__scm_send]
 */
static int read_control(struct ancillary *a, uint64_t at, uint64_t len)
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
		}
		step = CMSG_ALIGN(h.cmsg_len);
		if (step > len)
			break;
		at += step;
		len -= step;
	}
	return err;
}

/* ---- sending ---- */

long sys_sendto(uint64_t fd, uint64_t buf, uint64_t n, uint64_t flags, uint64_t name, uint64_t name_len)
{
	struct ancillary a = { .sender = socket_sender() };
	struct socket *s;
	struct file *f;
	struct uio u;
	long result;

	if (uio_init_user(&u, buf, n) != 0)
		return -EFAULT;
	result = socket_get(fd, &f, &s);
	if (result != 0)
		return result;
	result = message_read_name(f, name, (int32_t)name_len, &a);
	if (result == 0)
		result = s->family->send(f, &u, (uint32_t)flags, &a);
	file_put(f);
	return result;
}

/* [__copy_msghdr] */
static int read_msghdr(struct user_msghdr *msg, uint64_t umsg)
{
	if (copy_from_user(msg, umsg, sizeof(*msg)) != 0)
		return -EFAULT;
	if (msg->msg_name != 0 && (int32_t)msg->msg_namelen < 0)
		return -EINVAL;
	return msg->msg_iovlen > UIO_MAXIOV ? -EMSGSIZE : 0;
}

long socket_send_message(struct file *f, uint64_t umsg, uint32_t flags)
{
	struct ancillary a = { .sender = socket_sender() };
	struct user_msghdr msg;
	struct uio_vector v;
	struct uio u;
	long result;

	result = read_msghdr(&msg, umsg);
	if (result != 0)
		return result;
	result = uio_init_vector(&u, &v, msg.msg_iov, msg.msg_iovlen);
	if (result == 0 && msg.msg_controllen != 0)
		result = read_control(&a, msg.msg_control, msg.msg_controllen);
	if (result == 0)
		result = message_read_name(f, msg.msg_name, msg.msg_namelen, &a);
	if (result == 0)
		result = socket_of(f)->family->send(f, &u, flags, &a);
	rights_free(a.rights);
	uio_free_vector(&v);
	return result;
}

/* ---- control messages in ---- */

struct control {
	uint64_t at, left;
	uint32_t flags; /* MSG_CTRUNC: something did not fit */
};

/*
 * Copies a control message out. What does not fit is cut off: MSG_CTRUNC. False: memory could not
 * be reached. [put_cmsg]
 */
static bool put_control(struct control *c, int32_t type, const void *data, uint64_t len)
{
	struct cmsghdr h = { .cmsg_len = sizeof(h) + len, .cmsg_level = SOL_SOCKET, .cmsg_type = type };
	uint64_t step = CMSG_ALIGN(h.cmsg_len);

	if (c->left < sizeof(h)) {
		c->flags |= MSG_CTRUNC;
		return true;
	}
	if (h.cmsg_len > c->left) {
		c->flags |= MSG_CTRUNC;
		h.cmsg_len = c->left;
	}
	if (copy_to_user(c->at, &h, sizeof(h)) != 0 ||
	    copy_to_user(c->at + sizeof(h), data, h.cmsg_len - sizeof(h)) != 0)
		return false;
	if (step > c->left)
		step = c->left;
	c->at += step;
	c->left -= step;
	return true;
}

/*
 * Installs as many files of R as there is room for their numbers, and copies these out. The caller
 * gives up the references of R. False: memory could not be reached. [scm_detach_fds]
 */
static bool message_put_files(struct control *c, const struct rights *r, bool cloexec)
{
	int32_t fds[SCM_MAX_FD];
	uint32_t room = c->left > sizeof(struct cmsghdr) ? (uint32_t)((c->left - sizeof(struct cmsghdr)) / 4) : 0, n;

	for (n = 0; n < r->count && n < room; n++) {
		long fd = fd_install(current->files, file_get(r->file[n]), 0, cloexec);

		if (fd < 0) {
			file_put(r->file[n]);
			break;
		}
		fds[n] = (int32_t)fd;
	}
	if (n < r->count)
		c->flags |= MSG_CTRUNC;
	return n == 0 || put_control(c, SCM_RIGHTS, fds, n * sizeof(fds[0]));
}

/* ---- receiving ---- */

long sys_recvfrom(uint64_t fd, uint64_t buf, uint64_t n, uint64_t flags, uint64_t name, uint64_t name_len)
{
	struct ancillary a = { .rights = NULL };
	struct socket *s;
	struct file *f;
	struct uio u;
	long result;

	if (uio_init_user(&u, buf, n) != 0)
		return -EFAULT;
	result = socket_get(fd, &f, &s);
	if (result != 0)
		return result;
	result = socket_receive(f, &u, (uint32_t)flags, &a);
	rights_free(a.rights);
	file_put(f);
	if (result >= 0 && name != 0) {
		const int err = socket_name_write(a.name, name, name_len);

		result = err != 0 ? err : result;
	}
	socket_name_put(a.name);
	return result;
}

/* Copies out what recvmsg(2) changes in the header. False: memory could not be reached. */
static bool put_header(uint64_t umsg, const struct user_msghdr *msg, const struct socket_name *name,
		       const struct control *c, uint32_t flags)
{
	const uint64_t used = msg->msg_controllen - c->left;

	/* The room for a name is read from where its length is written. */
	if (msg->msg_name != 0 &&
	    socket_name_write(name, msg->msg_name, umsg + offsetof(struct user_msghdr, msg_namelen)) != 0)
		return false;
	flags |= c->flags;
	return copy_to_user(umsg + offsetof(struct user_msghdr, msg_controllen), &used, sizeof(used)) == 0 &&
	       copy_to_user(umsg + offsetof(struct user_msghdr, msg_flags), &flags, sizeof(flags)) == 0;
}

long socket_receive_message(struct file *f, uint64_t umsg, uint32_t flags)
{
	struct ancillary a = { .rights = NULL };
	struct user_msghdr msg;
	struct control c;
	struct uio_vector v;
	struct uio u;
	bool ok = true;
	long result;

	result = read_msghdr(&msg, umsg);
	if (result != 0)
		return result;
	result = uio_init_vector(&u, &v, msg.msg_iov, msg.msg_iovlen);
	if (result == 0)
		result = socket_receive(f, &u, flags, &a);
	if (result >= 0) {
		c = (struct control){ .at = msg.msg_control, .left = msg.msg_control != 0 ? msg.msg_controllen : 0 };
		msg.msg_controllen = c.left;
		if (socket_of(f)->pass_credentials && a.sender.pid != 0) {
			const struct ucred shown = socket_show_cred(&a.sender);

			ok = put_control(&c, SCM_CREDENTIALS, &shown, sizeof(shown));
		}
		if (ok && a.rights != NULL)
			ok = message_put_files(&c, a.rights, (flags & MSG_CMSG_CLOEXEC) != 0);
		ok = ok &&
		     put_header(umsg, &msg, a.name, &c, (a.truncated ? MSG_TRUNC : 0) | (flags & MSG_CMSG_CLOEXEC));
		if (!ok)
			result = -EFAULT;
	}
	rights_free(a.rights);
	socket_name_put(a.name);
	uio_free_vector(&v);
	return result;
}

/* Calls FN, which sends or receives, with the socket behind FD. */
static long with_message(uint64_t fd, uint64_t msg, uint64_t flags,
			 long (*fn)(struct file *f, uint64_t msg, uint32_t flags))
{
	struct socket *s;
	struct file *f;
	long result = socket_get(fd, &f, &s);

	if (result != 0)
		return result;
	result = fn(f, msg, (uint32_t)flags);
	file_put(f);
	return result;
}

long sys_sendmsg(uint64_t fd, uint64_t msg, uint64_t flags)
{
	return with_message(fd, msg, flags, socket_send_message);
}

long sys_recvmsg(uint64_t fd, uint64_t msg, uint64_t flags)
{
	return with_message(fd, msg, flags, socket_receive_message);
}
