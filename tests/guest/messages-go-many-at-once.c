/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * messages-go-many-at-once - sendmmsg and recvmmsg: how many went, how long each was, when
 * receiving stops, and what an error behind the first message says.
 */
#include "files.h"

#define WAITFORONE 0x10000
#define DONTWAIT 0x40
#define MANY 4

struct message {
	struct message_header header;
	unsigned len;
};

static struct message messages[MANY];
static struct iovec pieces[MANY];
static char buf[MANY][16];

static struct message *prepare(const char *const *text)
{
	memset(messages, 0, sizeof(messages));
	for (int i = 0; i < MANY; i++) {
		memset(buf[i], 0, sizeof(buf[i]));
		if (text != NULL)
			memcpy(buf[i], text[i], strlen(text[i]) + 1);
		pieces[i] = (struct iovec){ buf[i], text != NULL ? strlen(text[i]) : sizeof(buf[i]) };
		messages[i].header.pieces = &pieces[i];
		messages[i].header.count = 1;
		messages[i].len = 99;
	}
	return messages;
}

static long send_many(int fd, struct message *m, unsigned n, unsigned flags)
{
	return syscall(SYS_sendmmsg, fd, m, n, flags);
}

static long receive_many(int fd, struct message *m, unsigned n, unsigned flags, struct timespec *timeout)
{
	return syscall(SYS_recvmmsg, fd, m, n, flags, timeout);
}

int main(void)
{
	static const char *const text[MANY] = { "one", "three", "", "seven" };
	struct timespec timeout = { 5, 0 }, none = { 0, 0 }, bad = { 0, 1000000000 };
	int s[2], error = -1;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, s) == 0);
	CHECK(send_many(s[0], prepare(text), MANY, 0) == MANY);
	CHECK(messages[0].len == 3 && messages[1].len == 5 && messages[2].len == 0 && messages[3].len == 5);
	/* What is there, and no waiting after the first. */
	CHECK(receive_many(s[1], prepare(NULL), 2, 0, NULL) == 2);
	CHECK(messages[0].len == 3 && strcmp(buf[0], "one") == 0 && messages[1].len == 5 && messages[2].len == 99);
	CHECK(receive_many(s[1], prepare(NULL), MANY, WAITFORONE, NULL) == 2);
	CHECK(messages[0].len == 0 && messages[1].len == 5 && strcmp(buf[1], "seven") == 0 && messages[2].len == 99);
	REFUSED(receive_many(s[1], messages, MANY, DONTWAIT, NULL), EAGAIN);
	/* The time is looked at behind each message. */
	CHECK(send_many(s[0], prepare(text), 2, 0) == 2);
	CHECK(receive_many(s[1], prepare(NULL), MANY, DONTWAIT, &timeout) == 2);
	CHECK(timeout.tv_sec < 5 || (timeout.tv_sec == 5 && timeout.tv_nsec == 0));
	CHECK(send_many(s[0], prepare(text), 2, 0) == 2);
	CHECK(receive_many(s[1], prepare(NULL), MANY, 0, &none) == 1);
	CHECK(receive_many(s[1], prepare(NULL), MANY, DONTWAIT, NULL) == 1);
	/* One that cannot be sent: those before it were. */
	prepare(text)[2].header.pieces = (struct iovec *)KERNEL_ADDRESS;
	CHECK(send_many(s[0], messages, MANY, 0) == 2);
	prepare(text)[0].header.pieces = (struct iovec *)KERNEL_ADDRESS;
	REFUSED(send_many(s[0], messages, MANY, 0), EFAULT);
	CHECK(receive_many(s[1], prepare(NULL), MANY, DONTWAIT, NULL) == 2);
	/* An error behind the first message is the next call's. */
	CHECK(send_many(s[0], prepare(text), 3, 0) == 3);
	prepare(NULL)[1].header.pieces = (struct iovec *)KERNEL_ADDRESS;
	CHECK(receive_many(s[1], messages, MANY, DONTWAIT, NULL) == 1);
	REFUSED(receive_many(s[1], prepare(NULL), MANY, DONTWAIT, NULL), EFAULT);
	CHECK(receive_many(s[1], prepare(NULL), MANY, DONTWAIT, NULL) == 2);
	CHECK(syscall(SYS_getsockopt, s[1], SOL_SOCKET, SO_ERROR, &error, &(unsigned){ sizeof(error) }) == 0);
	CHECK(error == 0); /* not EAGAIN */
	/* Refusals. */
	REFUSED(send_many(-1, messages, MANY, 0), EBADF);
	REFUSED(receive_many(-1, messages, MANY, 0, &bad), EINVAL);
	REFUSED(receive_many(-1, messages, MANY, 0, (void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(receive_many(-1, messages, MANY, 0, NULL), EBADF);
	REFUSED(receive_many(s[1], (void *)KERNEL_ADDRESS, MANY, DONTWAIT, NULL), EFAULT);
	CHECK(send_many(s[0], messages, 0, 0) == 0 && receive_many(s[1], messages, 0, 0, NULL) == 0);
	return 0;
}
