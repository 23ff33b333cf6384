/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_message.c - sendto, sendmsg, recvfrom, recvmsg: bytes through a socket, and with them control
 * messages (control.c).
 */
#include <string.h>

#include "control.h"
#include "file.h"
#include "inet.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

/*
 * Stores the receiver that a message names by the LEN bytes at UNAME (0: it names none) in *A: 0 or
 * -errno.
 */
static int message_read_name(const struct file *f, uint64_t uname, int32_t len, struct ancillary *a)
{
	struct socket *s = socket_of(f);
	struct socket_name name;
	int err;

	if (uname == 0)
		return 0;
	if (len < 0)
		return -EINVAL;
	err = socket_name_read(&name, uname, (uint32_t)len);
	return err != 0 ? err : s->family->send_to(s, &name, a);
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
		result = control_read(socket_of(f), &a, msg.msg_control, msg.msg_controllen);
	if (result == 0)
		result = message_read_name(f, msg.msg_namelen != 0 ? msg.msg_name : 0, msg.msg_namelen, &a);
	if (result == 0)
		result = socket_of(f)->family->send(f, &u, flags, &a);
	rights_free(a.rights);
	uio_free_vector(&v);
	return result;
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

/* SO_TIMESTAMP, SO_TIMESTAMPNS: when a datagram came; STAMP 0: now. [__sock_recv_timestamp] */
static void put_stamp(const struct socket *s, struct control *c, uint64_t stamp)
{
	const uint64_t ns = stamp != 0 ? stamp : time_realtime();
	const struct __kernel_old_timeval tv = timeval_from_ns(ns);
	const struct __kernel_timespec ts = timespec_from_ns(ns);

	if (s->stamps == 0 || is_stream(s) || s->family == &socket_netlink)
		return;
	if (s->stamps == SO_TIMESTAMP_OLD)
		control_put(c, SOL_SOCKET, SO_TIMESTAMP_OLD, &tv, sizeof(tv));
	else
		control_put(c, SOL_SOCKET, SO_TIMESTAMPNS_OLD, &ts, sizeof(ts));
}

long socket_receive_message(struct file *f, uint64_t umsg, uint32_t flags)
{
	struct ancillary a = { .rights = NULL };
	struct user_msghdr msg;
	struct control c;
	struct uio_vector v;
	struct uio u;
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
		put_stamp(socket_of(f), &c, a.stamp);
		if (socket_of(f)->inet != NULL && !is_stream(socket_of(f)))
			inet_put_info(socket_of(f), &c, &a);
		if (socket_of(f)->pass_credentials && a.sender.pid != 0) {
			const struct ucred shown = socket_show_cred(&a.sender);

			control_put(&c, SOL_SOCKET, SCM_CREDENTIALS, &shown, sizeof(shown));
		}
		if (a.rights != NULL)
			control_put_files(&c, a.rights, (flags & MSG_CMSG_CLOEXEC) != 0);
		if (!put_header(umsg, &msg, a.name, &c, (a.truncated ? MSG_TRUNC : 0) | (flags & MSG_CMSG_CLOEXEC)))
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
