/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-hears-when-its-peer-goes - end of file, EPIPE with SIGPIPE on a stream, ECONNRESET when
 * something was left unread; message boundaries stay.
 */
#include "files.h"

static volatile int pipes;

static void count(int number)
{
	pipes += number == SIGPIPE;
}

static void stream(void)
{
	char text[8];
	int pair[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	CHECK(write(pair[0], "ab", 2) == 2 && write(pair[0], "cd", 2) == 2);
	CHECK(read(pair[1], text, 3) == 3 && memcmp(text, "abc", 3) == 0);
	CHECK(syscall(SYS_shutdown, pair[0], SHUT_WR) == 0);
	CHECK(is_ready(pair[1], POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	CHECK(read(pair[1], text, 8) == 1 && read(pair[1], text, 8) == 0);
	CHECK(write(pair[1], "unread", 6) == 6);
	close(pair[0]);
	CHECK((is_ready(pair[1], POLLIN) & POLLHUP) != 0);
	REFUSED(read(pair[1], text, 8), ECONNRESET);
	CHECK(read(pair[1], text, 8) == 0);
	REFUSED(write(pair[1], "x", 1), EPIPE);
	CHECK(pipes == 1);
	REFUSED(syscall(SYS_sendto, pair[1], "x", 1L, MSG_NOSIGNAL, NULL, 0), EPIPE);
	CHECK(pipes == 1);
	close(pair[1]);
}

static void messages(void)
{
	char text[8];
	int pair[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair) == 0);
	CHECK(write(pair[0], "first", 5) == 5 && write(pair[0], "second", 6) == 6);
	CHECK(syscall(SYS_recvfrom, pair[1], text, 2L, MSG_PEEK | MSG_TRUNC, NULL, NULL) == 5);
	CHECK(read(pair[1], text, 2) == 2 && read(pair[1], text, 8) == 6);
	REFUSED(read(pair[1], text, 8), EAGAIN);
	close(pair[0]);
	CHECK(read(pair[1], text, 8) == 0);
	REFUSED(write(pair[1], "x", 1), EPIPE);
	close(pair[1]);
}

int main(void)
{
	signal(SIGPIPE, count);
	stream();
	messages();
	return 0;
}
