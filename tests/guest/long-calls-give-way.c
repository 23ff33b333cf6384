/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long-calls-give-way - a call whose length the program chooses lets others run and ends for a
 * fatal signal: a sleeper beside it is back in time, and who makes it can be killed.
 */
#include "files.h"

#define SIZE (24UL << 20)

static char *area, *other;
static int file, zero, null;

static void read_zeroes(void)
{
	CHECK(read(zero, area, SIZE) == (long)SIZE);
}

static void write_file(void)
{
	CHECK(syscall(SYS_pwrite64, file, area, SIZE, 0L) == (long)SIZE);
}

static void read_file(void)
{
	CHECK(syscall(SYS_pread64, file, area, SIZE, 0L) == (long)SIZE);
}

static void send_file(void)
{
	off_t from = 0;

	CHECK(syscall(SYS_sendfile, null, file, &from, SIZE) == (long)SIZE);
}

static void random_bytes(void)
{
	CHECK(syscall(SYS_getrandom, area, 1L << 20, 0L) == 1L << 20);
}

static void protect(void)
{
	CHECK(mprotect(area, SIZE, PROT_READ) == 0 && mprotect(area, SIZE, PROT_READ | PROT_WRITE) == 0);
}

static void fork_and_wait(void)
{
	const pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid == 0)
		_exit(0);
	CHECK(waitpid(pid, NULL, 0) == pid);
}

static void read_own_memory(void)
{
	const struct iovec here = { area, SIZE / 2 }, there = { area + SIZE / 2, SIZE / 2 };

	CHECK(syscall(SYS_process_vm_readv, getpid(), &here, 1L, &there, 1L, 0L) == (long)(SIZE / 2));
}

static void move(void)
{
	CHECK(syscall(SYS_mremap, area, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, other) == (long)other);
	CHECK(syscall(SYS_mremap, other, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, area) == (long)area);
}

static void bring_in(void)
{
	CHECK(syscall(SYS_madvise, area, SIZE, MADV_DONTNEED) == 0 && syscall(SYS_mlock, area, SIZE) == 0);
}

static void unmap(void)
{
	CHECK(munmap(area, SIZE) == 0);
	area = mmap(area, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	CHECK(area != MAP_FAILED);
}

static void shrink_file(void)
{
	CHECK(syscall(SYS_ftruncate, file, 0L) == 0);
}

static void many_descriptors(void)
{
	for (int fd = 100; fd < 1000; fd++)
		CHECK(dup3(null, fd, 0) == fd);
	fork_and_wait();
	CHECK(syscall(SYS_close_range, 100L, 1000L, 0L) == 0);
}

static void (*const calls[])(void) = {
	read_zeroes,	 write_file, read_file, send_file, random_bytes, protect,	   fork_and_wait,
	read_own_memory, move,	     bring_in,	unmap,	   shrink_file,	 many_descriptors,
};

/* Never ends by itself. */
static void endless(int which)
{
	for (;;) {
		off_t from = 0;

		if (which == 0)
			syscall(SYS_getrandom, area, SIZE, 0L);
		else if (which == 1)
			(void)!read(zero, area, SIZE);
		else
			syscall(SYS_sendfile, null, file, &from, SIZE);
	}
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(void)
{
	zero = open("/dev/zero", O_RDWR);
	null = open("/dev/null", O_RDWR);
	file = (int)syscall(SYS_memfd_create, "long", 0L);
	CHECK(zero >= 0 && null >= 0 && file >= 0);
	area = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	other = mmap(NULL, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(area != MAP_FAILED && other != MAP_FAILED);
	for (int which = 0; which < 3; which++) {
		const pid_t pid = fork();
		long before;
		int status;

		CHECK(pid >= 0);
		if (pid == 0)
			endless(which);
		sleep_ms(20);
		before = milliseconds();
		CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, &status, 0) == pid && killed_by(status, SIGKILL));
		CHECK(milliseconds() - before < 100);
	}
	for (unsigned i = 0; i < COUNT_OF(calls); i++)
		calls[i]();
	return 0;
}
