/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipes-of-megabytes-give-way - who may make pipes of megabytes: a read, a write or a splice that
 * fills or empties one lets others run, and moves all bytes in order, as a small one does.
 */
#include "files.h"

#define SET_SIZE 1031 /* F_SETPIPE_SZ */
#define MOST (8L << 20)
#define NONBLOCK 2L /* SPLICE_F_NONBLOCK */

static long size = MOST;
static uint32_t *bytes, *back;

struct ends {
	int out, in;
};

static struct ends new_pipe(void)
{
	struct ends p;

	CHECK(syscall(SYS_pipe2, &p, 0) == 0);
	if (size == MOST && fcntl(p.in, SET_SIZE, MOST) < 0) {
		CHECK(errno == EPERM);
		size = 1L << 20; /* as much as everybody may have */
	}
	CHECK(fcntl(p.in, SET_SIZE, size) == size);
	return p;
}

static void end_pipe(struct ends p)
{
	close(p.out);
	close(p.in);
}

/* The pipe has exactly the bytes; and then none. */
static void empty(struct ends p)
{
	memset(back, 0, (size_t)size);
	CHECK(read(p.out, back, (size_t)size) == size && memcmp(bytes, back, (size_t)size) == 0);
	CHECK(fcntl(p.out, F_SETFL, O_NONBLOCK) == 0);
	REFUSED(read(p.out, back, 1), EAGAIN);
	CHECK(fcntl(p.out, F_SETFL, 0) == 0);
}

static void fill(struct ends p)
{
	CHECK(write(p.in, bytes, (size_t)size) == size);
}

static void write_and_read(struct ends p)
{
	fill(p);
	empty(p);
	CHECK(fcntl(p.in, F_SETFL, O_NONBLOCK) == 0);
	fill(p);
	REFUSED(write(p.in, bytes, 1), EAGAIN);
	CHECK(fcntl(p.in, F_SETFL, 0) == 0);
	empty(p);
}

static void splice_memory(struct ends p)
{
	struct iovec all = { bytes, (size_t)size }, to = { back, (size_t)size };

	CHECK(syscall(SYS_vmsplice, p.in, &all, 1L, NONBLOCK) == size);
	REFUSED(syscall(SYS_vmsplice, p.in, &all, 1L, NONBLOCK), EAGAIN);
	empty(p);
	fill(p);
	memset(back, 0, (size_t)size);
	CHECK(syscall(SYS_vmsplice, p.out, &to, 1L, 0L) == size && memcmp(bytes, back, (size_t)size) == 0);
}

/* How much splice moves at once is its own affair. */
static void move_all(int from, int to)
{
	for (long left = size, n; left > 0; left -= n) {
		n = syscall(SYS_splice, from, 0L, to, 0L, left, 0L);
		CHECK(n > 0);
	}
}

static void splice_file(struct ends p)
{
	const int fd = (int)syscall(SYS_memfd_create, "bytes", 0L);

	CHECK(fd >= 0);
	fill(p);
	move_all(p.out, fd);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	move_all(fd, p.in);
	empty(p);
	close(fd);
}

static void splice_pipes(struct ends p)
{
	const struct ends other = new_pipe();
	long n;

	fill(p);
	n = syscall(SYS_tee, p.out, other.in, size, 0L);
	CHECK(n > 0 && read(other.out, back, (size_t)n) == n && memcmp(bytes, back, (size_t)n) == 0);
	move_all(p.out, other.in);
	empty(other);
	end_pipe(other);
}

int main(void)
{
	const struct ends p = new_pipe();

	bytes = mmap(NULL, (size_t)size * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(bytes != MAP_FAILED);
	back = bytes + size / 4;
	for (long i = 0; i < size / 4; i++)
		bytes[i] = (uint32_t)i * 2654435761U;
	write_and_read(p);
	splice_memory(p);
	splice_file(p);
	splice_pipes(p);
	fill(p);
	end_pipe(p);
	return 0;
}
