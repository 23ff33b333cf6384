/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * holes-in-files-are-zeroes - fallocate makes holes: what was there reads as zeroes, by read and in
 * mappings, the file stays as long as it is, and its memory is given back; seals and bad requests
 * are refused.
 */
#include "files.h"

#define PAGE 4096L
#define KEEP 1
#define PUNCH 2

static long punch(int fd, long at, long n)
{
	return syscall(SYS_fallocate, fd, PUNCH | KEEP, at, n);
}

static long blocks_of(int fd)
{
	struct stat s;

	CHECK(fstat(fd, &s) == 0);
	return s.st_blocks;
}

/* Does each of the bytes from FIRST up to END of FD have the value WANTED, and TEXT, too? */
static int are(int fd, const unsigned char *text, long first, long end, int wanted)
{
	unsigned char c;

	for (long at = first; at < end; at++) {
		if (text[at] != wanted)
			return 0;
		if ((at % 512 == 0 || at == end - 1) && (syscall(SYS_pread64, fd, &c, 1L, at) != 1 || c != wanted))
			return 0;
	}
	return 1;
}

int main(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "holes", MFD_ALLOW_SEALING);
	static unsigned char page[PAGE];
	unsigned char *shared, *private, *own;
	long before;

	memset(page, 'x', sizeof(page));
	for (int n = 0; n < 8; n++)
		CHECK(write(fd, page, PAGE) == PAGE);
	shared = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	private = mmap(NULL, 8 * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	own = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED && own != MAP_FAILED);

	/* Parts of pages, and pages between; some are mapped, of one there is a copy. */
	CHECK(shared[2 * PAGE] == 'x' && private[PAGE] == 'x');
	own[2 * PAGE] = 'y';
	CHECK(punch(fd, 100, 3 * PAGE) == 0);
	CHECK(are(fd, shared, 0, 100, 'x') && are(fd, shared, 100, 3 * PAGE + 100, 0) &&
	      are(fd, shared, 3 * PAGE + 100, 8 * PAGE, 'x'));
	CHECK(private[PAGE] == 0 && private[2 * PAGE] == 0);
	CHECK(own[2 * PAGE] == 'y' && own[2 * PAGE + 1] == 'x' && own[PAGE] == 0);
	shared[PAGE] = 'z';
	CHECK(syscall(SYS_pread64, fd, page, 1L, PAGE) == 1 && page[0] == 'z' && private[PAGE] == 'z');

	/* The memory of pages that nobody has mapped is free again: more can be written. */
	CHECK(munmap(shared, 8 * PAGE) == 0 && munmap(private, 8 * PAGE) == 0 && munmap(own, 8 * PAGE) == 0);
	before = blocks_of(fd);
	CHECK(punch(fd, 4 * PAGE, 3 * PAGE) == 0 && blocks_of(fd) == before - 3 * PAGE / 512);
	CHECK(lseek(fd, 0, SEEK_END) == 8 * PAGE && syscall(SYS_pwrite64, fd, "w", 1L, 5 * PAGE) == 1);
	CHECK(blocks_of(fd) == before - 2 * PAGE / 512);
	CHECK(syscall(SYS_pread64, fd, page, 2L, 5 * PAGE) == 2 && page[0] == 'w' && page[1] == 0);

	/* Beyond the end, and over all there can be. */
	CHECK(punch(fd, 7 * PAGE, 100 * PAGE) == 0 && lseek(fd, 0, SEEK_END) == 8 * PAGE);
	CHECK(syscall(SYS_ftruncate, fd, 1L << 50) == 0 && syscall(SYS_pwrite64, fd, "e", 1L, (1L << 50) - 1) == 1);
	CHECK(punch(fd, 0, INT64_MAX) == 0 && blocks_of(fd) == 0);

	REFUSED(syscall(SYS_fallocate, fd, PUNCH, 0L, PAGE), EOPNOTSUPP);
	REFUSED(punch(fd, -1, 1), EINVAL);
	REFUSED(punch(fd, 0, 0), EINVAL);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0 && punch(fd, 0, PAGE) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	REFUSED(punch(fd, 0, PAGE), EPERM);
	return 0;
}
