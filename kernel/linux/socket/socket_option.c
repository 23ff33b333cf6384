/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_option.c - getsockopt and setsockopt at SOL_SOCKET. [net/core/sock.c]
 */
#include <abi/capability.h>
#include <abi/time.h>

#include "file.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

static bool is_timeout(int option)
{
	return option == SO_RCVTIMEO_OLD || option == SO_SNDTIMEO_OLD || option == SO_RCVTIMEO_NEW ||
	       option == SO_SNDTIMEO_NEW;
}

static bool is_send_timeout(int option)
{
	return option == SO_SNDTIMEO_OLD || option == SO_SNDTIMEO_NEW;
}

static int option_value(struct socket *s, uint32_t option, int32_t *value)
{
	switch (option) {
	case SO_TYPE:
		*value = (int32_t)s->type;
		return 0;
	case SO_DOMAIN:
		*value = s->family->number;
		return 0;
	case SO_PROTOCOL:
		*value = (int32_t)s->protocol;
		return 0;
	case SO_ACCEPTCONN:
		*value = s->listening;
		return 0;
	case SO_SNDBUF:
	case SO_RCVBUF:
		*value = (int32_t)s->room[option == SO_SNDBUF];
		return 0;
	case SO_PRIORITY:
		*value = s->priority;
		return 0;
	case SO_REUSEADDR:
	case SO_REUSEPORT:
	case SO_OOBINLINE:
	case SO_BROADCAST:
	case SO_KEEPALIVE:
	case SO_DONTROUTE:
	case SO_NO_CHECK:
	case SO_PASSSEC:
	case SO_RXQ_OVFL:
		*value = s->kept >> option & 1;
		return 0;
	case SO_PASSCRED:
		*value = s->pass_credentials;
		return 0;
	case SO_ERROR:
		*value = s->error;
		s->error = 0;
		return 0;
	default:
		return socket_get_rare(s, option, value);
	}
}

/* The error for an option of a level that S's family lacks. [netlink_setsockopt] */
static int no_level(const struct socket *s)
{
	return is_unix(s) ? -EOPNOTSUPP : -ENOPROTOOPT;
}

/*
 * Copies an option to UVALUE, at most as many bytes as the int at ULEN says, and stores there how
 * many: 0 or -errno. [sk_getsockopt]
 */
static long get_option(struct socket *s, uint64_t level, uint64_t option, uint64_t uvalue, uint64_t ulen)
{
	int32_t len, value;
	const void *from = &value;
	int32_t size = sizeof(value);
	struct __kernel_old_timeval time;
	const struct ucred peer = socket_show_cred(&s->peer_at_start);
	const uint64_t cookie = s->serial;
	int err;

	if ((int)level != SOL_SOCKET && s->family->get_option == NULL)
		return no_level(s);
	if (copy_from_user(&len, ulen, sizeof(len)) != 0)
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	if ((int)level != SOL_SOCKET) {
		err = s->family->get_option(s, (int)level, (uint32_t)option, &value);
		if (err != 0)
			return err;
	} else if ((int)option == SO_PEERCRED) {
		from = &peer;
		size = sizeof(peer);
	} else if ((int)option == SO_PEERGROUPS) {
		return socket_get_groups(s, uvalue, len, ulen);
	} else if ((int)option == SO_BINDTODEVICE) {
		return socket_get_device(s, uvalue, len, ulen);
	} else if ((int)option == SO_COOKIE) {
		from = &cookie;
		size = sizeof(cookie);
		if (len < size)
			return -EINVAL;
	} else if ((int)option == SO_LINGER) {
		from = &s->linger;
		size = sizeof(s->linger);
	} else if (is_timeout((int)option)) {
		const uint64_t ns = s->timeout[is_send_timeout((int)option)];

		time = (struct __kernel_old_timeval){ 0, 0 };
		if (ns != TIME_NEVER)
			time = timeval_from_ns(ns);
		from = &time;
		size = sizeof(time);
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
	long result = socket_get(fd, &f, &s);

	if (result != 0)
		return result;
	result = get_option(s, level, option, value, len);
	file_put(f);
	return result;
}

/*
 * Sets SO_SNDTIMEO (SEND) or SO_RCVTIMEO. A time of zero means no limit; a negative one means never
 * to wait. 0, -EINVAL, -EFAULT or -EDOM. [sock_set_timeout]
 */
static int set_timeout(struct socket *s, bool send, uint64_t from, uint64_t len)
{
	struct __kernel_old_timeval time;
	uint64_t *ns = &s->timeout[send];

	if ((int)len < (int)sizeof(time))
		return -EINVAL;
	if (copy_from_user(&time, from, sizeof(time)) != 0)
		return -EFAULT;
	if (time.tv_usec < 0 || time.tv_usec >= USEC_PER_SEC)
		return -EDOM;
	if (time.tv_sec < 0)
		*ns = 0;
	else if ((time.tv_sec == 0 && time.tv_usec == 0) || (uint64_t)time.tv_sec >= TIME_NEVER / NSEC_PER_SEC / 2)
		*ns = TIME_NEVER;
	else
		*ns = timeval_to_ns(&time);
	return 0;
}

/*
 * Sets SO_SNDBUF (SEND) or SO_RCVBUF to twice VALUE, of which at most MOST bytes count: Linux
 * doubles it for its overhead, and getsockopt(2) shows that. [sk_setsockopt, SOCK_MIN_SNDBUF,
 * SOCK_MIN_RCVBUF]
 */
static void set_room(struct socket *s, bool send, uint32_t value, uint32_t most)
{
	const uint32_t least = send ? 4608 : 2304, want = value < most ? value : most;

	s->room[send] = want * 2 > least ? want * 2 : least;
}

static int set_linger(struct socket *s, uint64_t from, uint64_t len)
{
	if ((int)len < (int)sizeof(s->linger))
		return -EINVAL;
	return copy_from_user(&s->linger, from, sizeof(s->linger)) == 0 ? 0 : -EFAULT;
}

static int set_option(struct socket *s, uint64_t level, uint64_t uoption, uint64_t uvalue, uint64_t len)
{
	const int option = (int)uoption;
	int32_t value;

	if ((int)level != SOL_SOCKET && s->family->set_option == NULL)
		return no_level(s);
	if ((int)level == SOL_SOCKET && option == SO_BINDTODEVICE)
		return socket_set_device(s, uvalue, len);
	if ((int)len < (int)sizeof(value))
		return -EINVAL;
	if (copy_from_user(&value, uvalue, sizeof(value)) != 0)
		return -EFAULT;
	if ((int)level != SOL_SOCKET)
		return s->family->set_option(s, (int)level, (uint32_t)option, value);
	if (is_timeout(option))
		return set_timeout(s, is_send_timeout(option), uvalue, len);
	switch (option) {
	case SO_SNDBUF:
	case SO_RCVBUF:
		set_room(s, option == SO_SNDBUF, (uint32_t)value, SOCKET_ROOM);
		return 0;
	case SO_SNDBUFFORCE:
	case SO_RCVBUFFORCE:
		if (!task_capable(CAP_NET_ADMIN))
			return -EPERM;
		set_room(s, option == SO_SNDBUFFORCE, value > 0 ? (uint32_t)value : 0, INT32_MAX / 2);
		return 0;
	case SO_LINGER:
		return set_linger(s, uvalue, len);
	case SO_PRIORITY:
		if ((value < 0 || value > 6) && !userns_capable(CAP_NET_RAW) && !userns_capable(CAP_NET_ADMIN))
			return -EPERM;
		s->priority = value;
		return 0;
	case SO_REUSEADDR:
	case SO_REUSEPORT:
	case SO_OOBINLINE:
	case SO_BROADCAST:
	case SO_KEEPALIVE:
	case SO_DONTROUTE:
	case SO_NO_CHECK:
	case SO_PASSSEC:
	case SO_RXQ_OVFL: /* only REUSEADDR and REUSEPORT have an effect, on internet sockets */
		s->kept = value != 0 ? s->kept | 1UL << option : s->kept & ~(1UL << option);
		return 0;
	case SO_PASSCRED:
		s->pass_credentials = value != 0;
		return 0;
	default:
		return socket_set_rare(s, option, value);
	}
}

long sys_setsockopt(uint64_t fd, uint64_t level, uint64_t option, uint64_t value, uint64_t len)
{
	struct socket *s;
	struct file *f;
	long result = socket_get(fd, &f, &s);

	if (result != 0)
		return result;
	result = set_option(s, level, option, value, len);
	file_put(f);
	return result;
}
