/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lseek-finds-holes-and-data - SEEK_DATA and SEEK_HOLE know which pages of a file were written to,
 * or touched in a mapping; its end is a hole; what has no holes refuses them.
 */
#include "files.h"

#define PAGE 4096L
#define DATA 3
#define HOLE 4

static long seek(int fd, long at, int how)
{
	return syscall(SYS_lseek, fd, at, how);
}

static void put(int fd, long at)
{
	CHECK(syscall(SYS_pwrite64, fd, "x", 1L, at) == 1);
}

int main(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "holes", 0);
	char *shared;
	int other;

	/* An empty file, and one that is a single hole. */
	CHECK(fd >= 0);
	REFUSED(seek(fd, 0, DATA), ENXIO);
	REFUSED(seek(fd, 0, HOLE), ENXIO);
	CHECK(syscall(SYS_ftruncate, fd, 2000 * PAGE) == 0);
	REFUSED(seek(fd, 0, DATA), ENXIO);
	CHECK(seek(fd, 0, HOLE) == 0 && seek(fd, 77, HOLE) == 77);

	/* Pages 10 and 11, page 1000, and a bit of the last one. */
	put(fd, 10 * PAGE + 5);
	put(fd, 11 * PAGE);
	put(fd, 1000 * PAGE);
	put(fd, 1999 * PAGE + 9);
	CHECK(syscall(SYS_ftruncate, fd, 1999 * PAGE + 10) == 0);
	CHECK(seek(fd, 0, DATA) == 10 * PAGE && seek(fd, 10 * PAGE + 3, DATA) == 10 * PAGE + 3);
	CHECK(seek(fd, 10 * PAGE + 3, HOLE) == 12 * PAGE && seek(fd, 12 * PAGE, DATA) == 1000 * PAGE);
	CHECK(seek(fd, 0, SEEK_CUR) == 1000 * PAGE);
	CHECK(seek(fd, 1001 * PAGE + 1, HOLE) == 1001 * PAGE + 1 && seek(fd, 1001 * PAGE + 1, DATA) == 1999 * PAGE);
	CHECK(seek(fd, 1999 * PAGE + 1, HOLE) == 1999 * PAGE + 10);
	REFUSED(seek(fd, 1999 * PAGE + 10, DATA), ENXIO);
	REFUSED(seek(fd, 1999 * PAGE + 10, HOLE), ENXIO);
	REFUSED(seek(fd, -1, DATA), ENXIO);
	REFUSED(seek(fd, -1, HOLE), ENXIO);
	CHECK(seek(fd, 0, SEEK_CUR) == 1999 * PAGE + 10);

	/* More in a row than a table of pages has. */
	for (long n = 100; n < 700; n++)
		put(fd, n * PAGE);
	CHECK(seek(fd, 50 * PAGE, DATA) == 100 * PAGE && seek(fd, 100 * PAGE + 1, HOLE) == 700 * PAGE);

	/* Reading leaves a hole; touching a mapping fills it; fallocate makes it one again. */
	CHECK(syscall(SYS_pread64, fd, &(char){ 0 }, 1L, 5 * PAGE) == 1 && seek(fd, 0, DATA) == 10 * PAGE);
	shared = mmap(NULL, 10 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED && seek(fd, 0, DATA) == 10 * PAGE);
	shared[5 * PAGE] = 'y';
	CHECK(seek(fd, 0, DATA) == 5 * PAGE && seek(fd, 5 * PAGE, HOLE) == 6 * PAGE);
	CHECK(munmap(shared, 10 * PAGE) == 0 && syscall(SYS_fallocate, fd, 3, 5 * PAGE, PAGE) == 0);
	CHECK(seek(fd, 0, DATA) == 10 * PAGE);

	/* Room that was only asked for is a hole, too. */
	CHECK(syscall(SYS_fallocate, fd, 0, 0L, 4 * PAGE) == 0 && seek(fd, 0, DATA) == 10 * PAGE);

	other = open("/proc/self/status", O_RDONLY);
	REFUSED(seek(other, 0, DATA), EINVAL);
	REFUSED(seek(other, 0, HOLE), EINVAL);
	other = open("/proc", O_RDONLY | O_DIRECTORY);
	REFUSED(seek(other, 0, DATA), ENXIO);
	other = open("/dev/null", O_RDONLY);
	CHECK(seek(other, 5, HOLE) == 0);
	REFUSED(seek(fd, 0, 5), EINVAL);
	return 0;
}
