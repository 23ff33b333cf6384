/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mmsg.c - sendmmsg, recvmmsg: several messages in one call. [net/socket.c]
 */
#include "file.h"
#include "poll.h"
#include "socket.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

/* Stores LEN, how many bytes went, as msg_len of the struct mmsghdr at user address AT. */
static long put_length(uint64_t at, long len)
{
	const uint32_t n = (uint32_t)len;

	return copy_to_user(at + offsetof(struct mmsghdr, msg_len), &n, sizeof(n));
}

static long send_all(struct file *f, uint64_t at, uint32_t n, uint32_t flags)
{
	uint32_t sent = 0;
	long result = 0;

	for (; sent < n; sent++, at += sizeof(struct mmsghdr)) {
		result = socket_send_message(f, at, flags);
		if (result >= 0)
			result = put_length(at, result);
		if (result != 0 || sched_give_way())
			break;
	}
	return sent != 0 ? (long)sent : result;
}

long sys_sendmmsg(uint64_t fd, uint64_t msgs, uint64_t n, uint64_t flags)
{
	struct socket *s;
	struct file *f;
	long result = socket_get(fd, &f, &s);

	if (result != 0)
		return result;
	result = send_all(f, msgs, (uint32_t)n < UIO_MAXIOV ? (uint32_t)n : UIO_MAXIOV, (uint32_t)flags);
	file_put(f);
	return result;
}

/*
 * As on Linux, DEADLINE is looked at only after a message has come: it does not end the wait for
 * one. [recvmmsg(2), BUGS] An error that comes after a message is the next call's. [do_recvmmsg]
 */
static long receive_all(struct file *f, uint64_t at, uint32_t n, uint32_t flags, uint64_t deadline)
{
	struct socket *s = socket_of(f);
	uint32_t got = 0;
	long result = flags & MSG_ERRQUEUE ? 0 : socket_take_error(s);

	while (result == 0 && got < n) {
		result = socket_receive_message(f, at, flags & ~(uint32_t)MSG_WAITFORONE);
		if (result >= 0)
			result = put_length(at, result);
		if (result != 0)
			break;
		got++;
		at += sizeof(struct mmsghdr);
		if (flags & MSG_WAITFORONE)
			flags |= MSG_DONTWAIT;
		if (deadline <= time_now() || sched_give_way())
			break;
	}
	if (got == 0)
		return result;
	if (result < 0 && result != -EAGAIN && result != -ERESTARTSYS)
		s->error = (int)-result;
	return got;
}

static int put_time_left(uint64_t to, uint64_t deadline)
{
	const uint64_t now = time_now(), left = deadline > now ? deadline - now : 0;
	const struct __kernel_timespec ts = timespec_from_ns(left);

	return copy_to_user(to, &ts, sizeof(ts));
}

long sys_recvmmsg(uint64_t fd, uint64_t msgs, uint64_t n, uint64_t flags, uint64_t timeout)
{
	uint64_t deadline;
	struct socket *s;
	struct file *f;
	long result = poll_deadline(timeout, &deadline);

	if (result == 0)
		result = socket_get(fd, &f, &s);
	if (result != 0)
		return result;
	result = receive_all(f, msgs, (uint32_t)n, (uint32_t)flags, deadline);
	file_put(f);
	if (result > 0 && timeout != 0 && put_time_left(timeout, deadline) != 0)
		return -EFAULT;
	return result;
}
