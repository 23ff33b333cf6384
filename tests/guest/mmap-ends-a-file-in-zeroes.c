/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap-ends-a-file-in-zeroes - what a mapping shows behind the end of a file, to the end of the
 * page, is zero, whatever the memory held before: for a new file, one that was cut, one that was
 * longer, the program's own; and its variables that have no value yet.
 */
#include "guest.h"

#include <sys/stat.h>

#define PAGE 4096
#define MANY 512

static volatile char unwritten[2 * PAGE];

/* Memory that held something else is given back. */
static void leave_traces(void)
{
	unsigned char *const m = mmap(NULL, MANY * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(m != MAP_FAILED);
	memset(m, 0xa5, MANY * PAGE);
	CHECK(munmap(m, MANY * PAGE) == 0);
}

static void rest_is_zero(int fd, long size, int prot, int flags)
{
	const long whole = (size + PAGE - 1) / PAGE * PAGE;
	const unsigned char *const m = mmap(NULL, (size_t)whole, prot, flags, fd, 0);

	CHECK(m != MAP_FAILED);
	for (long i = size; i < whole; i++)
		CHECK(m[i] == 0);
	CHECK(size == 0 || m[size - 1] == 'x');
	CHECK(munmap((void *)(uintptr_t)m, (size_t)whole) == 0);
}

static void every_way(int fd, long size)
{
	rest_is_zero(fd, size, PROT_READ, MAP_PRIVATE);
	rest_is_zero(fd, size, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	rest_is_zero(fd, size, PROT_READ, MAP_SHARED);
	rest_is_zero(fd, size, PROT_READ | PROT_WRITE, MAP_SHARED);
}

static void check_size(long size)
{
	static char text[3 * PAGE];
	const int fd = open("/tmp/mmap-ends", O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0);
	memset(text, 'x', sizeof(text));
	leave_traces();
	CHECK(write(fd, text, (size_t)size) == size);
	every_way(fd, size);
	/* It was longer, and what was there does not come back. */
	CHECK(syscall(SYS_pwrite64, fd, text, sizeof(text), 0) == (long)sizeof(text));
	CHECK(syscall(SYS_ftruncate, fd, size) == 0);
	every_way(fd, size);
	CHECK(syscall(SYS_ftruncate, fd, size + 1) == 0);
	CHECK(syscall(SYS_pwrite64, fd, "x", 1, size) == 1);
	every_way(fd, size + 1);
	CHECK(close(fd) == 0 && unlink("/tmp/mmap-ends") == 0);
}

/* The program's file is mapped when it starts; here once more. */
static void own_file(void)
{
	struct stat st;
	const int fd = open("/proc/self/exe", O_RDONLY);
	const unsigned char *m;
	long whole;

	CHECK(fd >= 0 && fstat(fd, &st) == 0);
	whole = (st.st_size + PAGE - 1) / PAGE * PAGE;
	leave_traces();
	m = mmap(NULL, (size_t)whole, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(m != MAP_FAILED);
	for (long i = st.st_size; i < whole; i++)
		CHECK(m[i] == 0);
	CHECK(close(fd) == 0);
}

int main(int argc, char **argv)
{
	static const long sizes[] = { 1, 6, 8, 4090, 4095, 4097, 8191 };

	syscall(SYS_mkdirat, AT_FDCWD, "/tmp", 0777);
	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		check_size(sizes[i]);
	own_file();
	if (argc == 1) {
		leave_traces();
		execv("/proc/self/exe", (char *[]){ argv[0], argv[0], NULL });
	}
	for (unsigned i = 0; i < sizeof(unwritten); i++)
		CHECK(unwritten[i] == 0);
	return argc == 2 ? 0 : 1;
}
