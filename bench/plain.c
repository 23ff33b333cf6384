/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plain.c - what signals, bytes, first touches and new programs cost, without filters. As
 * bench.c, which see, it runs on Portcullis and on Linux.
 */
#include "bench.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE 4096UL
#define PAGES 256UL

static void nothing(int sig)
{
	(void)sig;
}

static uint64_t time_signal(void)
{
	const long pid = getpid();

	signal(SIGUSR1, nothing);
	return time_few(SYS_kill, pid, SIGUSR1, 0);
}

static uint64_t time_zeroes(void)
{
	static char buf[65536];
	const int fd = open("/dev/zero", O_RDONLY);

	memset(buf, 1, sizeof(buf));
	return time_few(SYS_read, fd, (long)buf, sizeof(buf));
}

/* The first reading of each page of a mapping: of zeroes, or of a file that was just read. */
static uint64_t time_faults(int fd)
{
	const int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE;
	volatile char *p = mmap(NULL, PAGES * PAGE, PROT_READ, flags, fd, 0);
	uint64_t begin;

	for (int twice = 0; twice < 2; twice++) { /* the second time, tables and the file's pages are there */
		begin = now();
		for (unsigned long i = 0; i < PAGES; i++)
			(void)p[i * PAGE];
		begin = now() - begin;
		if (twice == 0)
			(void)madvise((void *)p, PAGES * PAGE, MADV_DONTNEED);
	}
	return begin / PAGES;
}

static int file_of_pages(void)
{
	static char page[PAGE];
	const int fd = open("/tmp/pages", O_CREAT | O_TRUNC | O_RDWR, 0600);

	memset(page, 1, sizeof(page));
	for (unsigned long i = 0; i < PAGES; i++)
		if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page))
			exit(1);
	return fd;
}

/* This very program, which ends at once. */
static uint64_t time_exec(void)
{
	const uint64_t begin = now();

	for (int i = 0; i < 20; i++) {
		const pid_t pid = vfork();

		if (pid == 0) {
			execl("/proc/self/exe", "plain", "end", NULL);
			_exit(1);
		}
		waitpid(pid, NULL, 0);
	}
	return (now() - begin) / 20;
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "end") == 0)
		_exit(0);
	CASE("signal to itself, handler, return", , time_signal())
	CASE("read 64 KiB of /dev/zero", , time_zeroes())
	CASE("anonymous read fault", , time_faults(-1))
	CASE("private file fault", , time_faults(file_of_pages()))
	CASE("vfork+exec+wait, static glibc", , time_exec())
	unlink("/tmp/pages");
	return 0;
}
