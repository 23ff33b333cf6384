/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mq-notify-tells-a-thread - SIGEV_THREAD: a netlink socket gets the 32 bytes that it was asked
 * with, whose last one says that a message has come, or that nobody is told any more.
 */
#include "files.h"

struct event {
	const void *cookie;
	int socket, notify;
	char rest[48];
};

enum { THREAD = 2, WOKEN = 1, REMOVED = 2 };

static int queue, sock;
static char cookie[32] = "a cookie of thirty-two bytes!";

static long ask(int fd, const void *bytes, int where)
{
	const struct event e = { .cookie = bytes, .socket = where, .notify = THREAD };

	return syscall(SYS_mq_notify, fd, &e);
}

/* What the socket got, or 0: nothing. */
static int answer(void)
{
	char got[64];
	const long n = syscall(SYS_recvfrom, sock, got, sizeof(got), 0x40, NULL, NULL); /* MSG_DONTWAIT */

	if (n < 0) {
		CHECK(errno == EAGAIN);
		return 0;
	}
	CHECK(n == 32 && memcmp(got, cookie, 31) == 0);
	return got[31];
}

static void put_and_take(void)
{
	char text[16];

	CHECK(syscall(SYS_mq_timedsend, queue, "x", 1L, 0, NULL) == 0);
	CHECK(syscall(SYS_mq_timedreceive, queue, text, sizeof(text), NULL, NULL) == 1);
}

static void another(void)
{
	CHECK(syscall(SYS_mq_notify, queue, NULL) == 0); /* it is not told, so nothing ends */
	REFUSED(ask(queue, cookie, sock), EBUSY);
}

int main(void)
{
	const struct {
		long flags, most, size, now, rest[4];
	} attr = { 0, 4, 16, 0, { 0 } };
	int other[2];

	queue = (int)syscall(SYS_mq_open, "told", O_RDWR | O_CREAT, 0600, &attr);
	CHECK(queue >= 0 && syscall(SYS_mq_unlink, "told") == 0);
	sock = (int)syscall(SYS_socket, 16, 3, 0); /* AF_NETLINK, SOCK_RAW */
	CHECK(sock >= 0 && syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, other) == 0);
	REFUSED(ask(queue, (void *)8, sock), EFAULT);
	REFUSED(ask(queue, cookie, 99), EBADF);
	REFUSED(ask(queue, cookie, queue), ENOTSOCK);
	REFUSED(ask(queue, cookie, other[0]), EINVAL);
	REFUSED(ask(other[0], cookie, sock), EBADF);
	CHECK(answer() == 0);

	CHECK(ask(queue, cookie, sock) == 0 && answer() == 0);
	REFUSED(ask(queue, cookie, sock), EBUSY);
	CHECK(status_of(another) == 0);
	put_and_take();
	CHECK(answer() == WOKEN && answer() == 0);
	put_and_take();
	CHECK(answer() == 0);

	CHECK(ask(queue, cookie, sock) == 0 && syscall(SYS_mq_notify, queue, NULL) == 0 && answer() == REMOVED);
	CHECK(ask(queue, cookie, sock) == 0 && close(queue) == 0 && answer() == REMOVED && answer() == 0);
	return 0;
}
