/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipes-with-o-direct-carry-packets - each write with O_DIRECT of up to a page is read alone, and
 * what a read does not take of it is lost; each takes one of the pipe's places. Other bytes lie
 * between them. The flag may be set and cleared later.
 */
#include "files.h"

#define DIRECT O_DIRECT
#define PAGE 4096

static int ends[2];
static char text[3 * PAGE];

static long take(long n)
{
	memset(text, 0, 64);
	return syscall(SYS_read, ends[0], text, n);
}

static int bytes(void)
{
	int n = -1;

	CHECK(syscall(SYS_ioctl, ends[0], 0x541b, &n) == 0); /* FIONREAD */
	return n;
}

static void new_pipe(int flags)
{
	close(ends[0]);
	close(ends[1]);
	CHECK(syscall(SYS_pipe2, ends, flags) == 0);
}

static void packets(void)
{
	struct iovec two[2] = { { text, 2 }, { text + 2, 9 } };

	new_pipe(DIRECT | O_NONBLOCK | O_CLOEXEC);
	CHECK((fcntl(ends[1], F_GETFL) & (DIRECT | O_NONBLOCK)) == (DIRECT | O_NONBLOCK));
	CHECK((fcntl(ends[0], F_GETFL) & (DIRECT | O_NONBLOCK)) == O_NONBLOCK);
	CHECK(write(ends[1], "one", 3) == 3 && write(ends[1], "second", 6) == 6 && bytes() == 9);
	CHECK(take(64) == 3 && memcmp(text, "one", 4) == 0 && bytes() == 6);
	CHECK(take(4) == 4 && memcmp(text, "seco", 5) == 0 && bytes() == 0);
	REFUSED(take(64), EAGAIN);
	CHECK(write(ends[1], "", 0) == 0);
	REFUSED(take(64), EAGAIN);

	/* A long write is pages; a vector is one packet. */
	CHECK(write(ends[1], text, PAGE + 10) == PAGE + 10 && bytes() == PAGE + 10);
	CHECK(take(3L * PAGE) == PAGE && take(3L * PAGE) == 10);
	CHECK(write(ends[1], "0123456789", 10) == 10);
	CHECK(syscall(SYS_readv, ends[0], two, 2) == 10);

	/* As many as it has places. */
	for (int n = 0; n < 16; n++) {
		CHECK((is_ready(ends[1], POLLOUT) & POLLOUT) != 0);
		CHECK(write(ends[1], "x", 1) == 1);
	}
	CHECK(is_ready(ends[1], POLLOUT) == 0 && bytes() == 16);
	REFUSED(write(ends[1], "x", 1), EAGAIN);
	CHECK(take(1) == 1 && (is_ready(ends[1], POLLOUT) & POLLOUT) != 0);
	CHECK(write(ends[1], text, 2L * PAGE) == PAGE);
	REFUSED(fcntl(ends[1], 1031, 8 * PAGE), EBUSY); /* F_SETPIPE_SZ */
	CHECK(fcntl(ends[1], 1031, 32 * PAGE) == 32 * PAGE && write(ends[1], "y", 1) == 1);
	for (int n = 0; n < 15; n++)
		CHECK(take(64) == 1);
	CHECK(take(2L * PAGE) == PAGE && take(64) == 1 && text[0] == 'y');
	REFUSED(take(64), EAGAIN);
}

/* What fits into the page of bytes that are no packet joins them, also with O_DIRECT. */
static void among_others(void)
{
	new_pipe(DIRECT | O_NONBLOCK);
	CHECK(write(ends[1], "packet", 6) == 6);
	CHECK(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0 && write(ends[1], "plain", 5) == 5);
	CHECK(fcntl(ends[1], F_SETFL, DIRECT | O_NONBLOCK) == 0 && write(ends[1], "more", 4) == 4);
	CHECK(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0 && write(ends[1], "rest", 4) == 4);
	CHECK(bytes() == 19 && take(3) == 3 && memcmp(text, "pac", 4) == 0);
	CHECK(bytes() == 13 && take(64) == 13 && memcmp(text, "plainmorerest", 14) == 0 && bytes() == 0);

	/* What does not is a packet; a read takes from both, and what it ends in is lost. */
	memset(text, 'p', sizeof(text));
	CHECK(write(ends[1], text, 4000) == 4000);
	CHECK(fcntl(ends[1], F_SETFL, DIRECT | O_NONBLOCK) == 0);
	memset(text, 'q', sizeof(text));
	CHECK(write(ends[1], text, 200) == 200 && write(ends[1], "last", 4) == 4);
	CHECK(take(4050) == 4050 && text[3999] == 'p' && text[4000] == 'q' && bytes() == 4);
	CHECK(take(64) == 4 && memcmp(text, "last", 5) == 0);
	CHECK(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
	CHECK(write(ends[1], "a", 1) == 1 && write(ends[1], "b", 1) == 1 && take(64) == 2);
}

static void waits(void)
{
	CHECK(write(ends[1], "last", 4) == 4);
}

static void sleepers(void)
{
	pid_t child;

	new_pipe(DIRECT);
	for (int n = 0; n < 16; n++)
		CHECK(write(ends[1], "x", 1) == 1);
	child = child_of(waits);
	sleep_ms(20);
	for (int n = 0; n < 16; n++)
		CHECK(take(64) == 1);
	CHECK(take(64) == 4 && end_of(child) == 0);
	CHECK(write(ends[1], "never read", 10) == 10);
	CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR && close(ends[0]) == 0);
	REFUSED(write(ends[1], "x", 1), EPIPE);
	CHECK(close(ends[1]) == 0);
}

int main(void)
{
	int fd;

	packets();
	among_others();
	sleepers();
	fd = open("/dev/null", O_RDONLY);
	CHECK(fd >= 0);
	REFUSED(fcntl(fd, F_SETFL, DIRECT), EINVAL);
	REFUSED(open("/dev/null", O_RDONLY | DIRECT), EINVAL);
	REFUSED(syscall(SYS_pipe2, ends, O_APPEND), EINVAL);
	return 0;
}
