/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_option.c - getsockopt and setsockopt, at the level of sockets: unix sockets
 * have no other. [net/core/sock.c]
 */
#include <abi/time.h>

#include "absent.h"
#include "file.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define BUFFER_SIZE 212992
#define SECOND 1000000000UL

static bool is_timeout(int option)
{
	return option == SO_RCVTIMEO_OLD || option == SO_SNDTIMEO_OLD || option == SO_RCVTIMEO_NEW ||
	       option == SO_SNDTIMEO_NEW;
}

static bool is_send_timeout(int option)
{
	return option == SO_SNDTIMEO_OLD || option == SO_SNDTIMEO_NEW;
}

/*
 * Linux's sockets have more options than these. Of other levels unix
 * sockets have none there, either.
 */
static int absent_option(const char *call, uint32_t option)
{
	static const struct absent_name names[] = {
		{ 1, "SO_DEBUG" },	   { 5, "SO_DONTROUTE" },      { 7, "SO_SNDBUF" },
		{ 8, "SO_RCVBUF" },	   { 10, "SO_OOBINLINE" },     { 12, "SO_PRIORITY" },
		{ 13, "SO_LINGER" },	   { 15, "SO_REUSEPORT" },     { 18, "SO_RCVLOWAT" },
		{ 25, "SO_BINDTODEVICE" }, { 26, "SO_ATTACH_FILTER" }, { 29, "SO_TIMESTAMP" },
		{ 31, "SO_PEERSEC" },	   { 32, "SO_SNDBUFFORCE" },   { 33, "SO_RCVBUFFORCE" },
		{ 34, "SO_PASSSEC" },	   { 35, "SO_TIMESTAMPNS" },   { 36, "SO_MARK" },
		{ 42, "SO_PEEK_OFF" },	   { 50, "SO_ATTACH_BPF" },    { 59, "SO_PEERGROUPS" },
		{ 76, "SO_PASSPIDFD" },	   { 77, "SO_PEERPIDFD" },
	};

	absent_say(call, "option", option, absent_name(names, sizeof(names) / sizeof(names[0]), option), "ENOPROTOOPT");
	return -ENOPROTOOPT;
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
	case SO_REUSEADDR:
	case SO_BROADCAST:
	case SO_KEEPALIVE:
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
		return absent_option("getsockopt", option);
	}
}

/* SO_PEERCRED: the peer's, as they were when the two were connected. */
static long get_option(struct socket *s, uint64_t level, uint64_t option, uint64_t uvalue, uint64_t ulen)
{
	int32_t len, value;
	const void *from = &value;
	int32_t size = sizeof(value);
	struct __kernel_old_timeval time;
	const struct ucred peer = socket_show_cred(&s->peer_at_start);
	int err;

	if ((int)level != SOL_SOCKET)
		return -EOPNOTSUPP;
	if (copy_from_user(&len, ulen, sizeof(len)) != 0)
		return -EFAULT;
	if (len < 0)
		return -EINVAL;
	if ((int)option == SO_PEERCRED) {
		from = &peer;
		size = sizeof(peer);
	} else if (is_timeout((int)option)) {
		const uint64_t ns = s->timeout[is_send_timeout((int)option)];

		time = (struct __kernel_old_timeval){ 0, 0 };
		if (ns != TIME_NEVER)
			time = (struct __kernel_old_timeval){ (int64_t)(ns / SECOND), (int64_t)(ns % SECOND / 1000) };
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

/* Zero is for ever, and a time gone by not at all. [sock_set_timeout] */
static int set_timeout(struct socket *s, bool send, uint64_t from, uint64_t len)
{
	struct __kernel_old_timeval time;
	uint64_t *ns = &s->timeout[send];

	if ((int)len < (int)sizeof(time))
		return -EINVAL;
	if (copy_from_user(&time, from, sizeof(time)) != 0)
		return -EFAULT;
	if (time.tv_usec < 0 || time.tv_usec >= 1000000)
		return -EDOM;
	if (time.tv_sec < 0)
		*ns = 0;
	else if ((time.tv_sec == 0 && time.tv_usec == 0) || (uint64_t)time.tv_sec >= TIME_NEVER / SECOND / 2)
		*ns = TIME_NEVER;
	else
		*ns = (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_usec * 1000;
	return 0;
}

static int set_option(struct socket *s, uint64_t level, uint64_t uoption, uint64_t uvalue, uint64_t len)
{
	const int option = (int)uoption;
	int32_t value;

	if ((int)level != SOL_SOCKET)
		return -EOPNOTSUPP;
	if ((int)len < (int)sizeof(value))
		return -EINVAL;
	if (copy_from_user(&value, uvalue, sizeof(value)) != 0)
		return -EFAULT;
	if (is_timeout(option))
		return set_timeout(s, is_send_timeout(option), uvalue, len);
	switch (option) {
	case SO_REUSEADDR:
	case SO_BROADCAST:
	case SO_KEEPALIVE: /* without effect on a unix socket, on Linux too */
		s->kept = value != 0 ? s->kept | 1UL << option : s->kept & ~(1UL << option);
		return 0;
	case SO_PASSCRED:
		s->pass_credentials = value != 0;
		return 0;
	default:
		return absent_option("setsockopt", (uint32_t)option);
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
