/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-files-watch-one-another - an event of a file is seen through five epoll files in a row, by
 * who waits there, too; six are too many, and none may watch itself. Where many ways lead from one
 * to another an event is told at once.
 */
#include "files.h"

#define DEPTH 5

static int new_epoll(void)
{
	const int fd = (int)syscall(SYS_epoll_create1, 0);

	CHECK(fd >= 0);
	return fd;
}

static int watch(int epoll, int fd, uint32_t events)
{
	struct epoll_event event = { .events = events };

	memcpy(&event.data, &fd, sizeof(fd));
	return (int)syscall(SYS_epoll_ctl, epoll, EPOLL_CTL_ADD, fd, &event);
}

/* What EPOLL tells of within MS milliseconds: a descriptor; -1: nothing. */
static int told(int epoll, int ms)
{
	struct epoll_event event = { .events = 0 };
	const long n = syscall(SYS_epoll_pwait, epoll, &event, 1, ms, NULL, 8L);
	int fd = -1;

	CHECK(n == 0 || (n == 1 && event.events == POLLIN));
	if (n == 1)
		memcpy(&fd, &event.data, sizeof(fd));
	return fd;
}

static int written;

static void write_later(void)
{
	sleep_ms(20);
	CHECK(write(written, "x", 1) == 1);
}

static void in_a_row(void)
{
	int ends[2], row[DEPTH + 1], file;
	struct pollfd outermost;
	pid_t child;
	char byte;

	CHECK(pipe(ends) == 0);
	file = ends[0];
	for (int n = 0; n < DEPTH; n++) {
		row[n] = new_epoll();
		CHECK(watch(row[n], file, POLLIN) == 0);
		file = row[n];
	}
	row[DEPTH] = new_epoll();
	/* EINVAL: Linux until 6.16. */
	CHECK(watch(row[DEPTH], row[DEPTH - 1], POLLIN) == -1 && (errno == ELOOP || errno == EINVAL));
	REFUSED(watch(row[0], row[DEPTH - 1], POLLIN), ELOOP);
	REFUSED(watch(row[0], row[0], POLLIN), EINVAL);
	REFUSED(watch(row[1], row[0], POLLIN), EEXIST);
	outermost = (struct pollfd){ .fd = row[DEPTH - 1], .events = POLLIN };
	CHECK(poll(&outermost, 1, 0) == 0 && told(row[DEPTH - 1], 0) == -1);
	CHECK(write(ends[1], "x", 1) == 1 && poll(&outermost, 1, 0) == 1);
	for (int n = DEPTH - 1; n > 0; n--)
		CHECK(told(row[n], 0) == row[n - 1]);
	CHECK(told(row[0], 0) == ends[0] && read(ends[0], &byte, 1) == 1 && told(row[DEPTH - 1], 0) == -1);
	written = ends[1];
	child = child_of(write_later);
	CHECK(told(row[DEPTH - 1], 10000) == row[DEPTH - 2]);
	CHECK(end_of(child) == 0); /* it has the files open, too */
	CHECK(close(row[2]) == 0 && told(row[DEPTH - 1], 0) == -1 && told(row[1], 0) == row[0]);
	CHECK(watch(row[DEPTH], row[DEPTH - 1], POLLIN) == 0);
}

/* Sixteen ways lead from the file to the last epoll file, and each event is told of there once. */
static void by_many_ways(void)
{
	int ends[2], layer[2][8], above = new_epoll(), last = new_epoll();

	CHECK(pipe(ends) == 0);
	for (int n = 0; n < 2; n++)
		for (int m = 0; m < 8; m++)
			layer[n][m] = new_epoll();
	for (int m = 0; m < 8; m++) {
		CHECK(watch(layer[0][m], ends[0], POLLIN) == 0);
		for (int n = 0; n < 8; n++)
			CHECK(watch(layer[1][n], layer[0][m], POLLIN) == 0);
	}
	CHECK(watch(above, layer[1][0], POLLIN) == 0 && watch(above, layer[1][1], POLLIN) == 0);
	CHECK(watch(last, above, POLLIN | EPOLLET) == 0 && told(last, 0) == -1);
	for (int n = 0; n < 3; n++)
		CHECK(write(ends[1], "x", 1) == 1 && told(last, 0) == above && told(last, 0) == -1);
}

int main(void)
{
	in_a_row();
	by_many_ways();
	return 0;
}
