/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vectors-take-flags-at-a-position - preadv2 and pwritev2: position -1 is the file's
 * own; appending, not waiting, and flags that are not known, which are looked at when
 * there is something to transfer.
 */
#include "files.h"

#define NOWAIT 8
#define APPEND 16
#define UNKNOWN (1U << 30)

static long readv2(int fd, void *buf, size_t n, long pos, unsigned flags)
{
	const struct iovec v[2] = { { buf, n / 2 }, { (char *)buf + n / 2, n - n / 2 } };

	return syscall(SYS_preadv2, fd, v, 2, pos, 0L, flags);
}

static long writev2(int fd, const char *text, long pos, unsigned flags)
{
	const struct iovec v = { (void *)(uintptr_t)text, strlen(text) };

	return syscall(SYS_pwritev2, fd, &v, 1, pos, 0L, flags);
}

int main(void)
{
	char buf[32];
	int fd, p[2];

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0 && pipe(p) == 0);
	CHECK(writev2(fd, "abcdef", -1, 0) == 6 && lseek(fd, 0, SEEK_CUR) == 6);
	CHECK(writev2(fd, "XY", 1, 2 | 4) == 2 && lseek(fd, 0, SEEK_CUR) == 6);
	CHECK(lseek(fd, 2, SEEK_SET) == 2 && readv2(fd, buf, 3, -1, 0) == 3 && memcmp(buf, "Yde", 3) == 0);
	CHECK(readv2(fd, buf, 32, 0, 1) == 6 && memcmp(buf, "aXYdef", 6) == 0 && lseek(fd, 0, SEEK_CUR) == 5);
	/* At the end, whatever the position. */
	CHECK(writev2(fd, "gh", 0, APPEND) == 2 && lseek(fd, 0, SEEK_CUR) == 5);
	CHECK(writev2(fd, "i", -1, APPEND) == 1 && lseek(fd, 0, SEEK_CUR) == 9);
	CHECK((fcntl(fd, F_GETFL) & O_APPEND) == 0);
	CHECK(pread(fd, buf, 32, 0) == 9 && memcmp(buf, "aXYdefghi", 9) == 0);
	/* Without waiting. */
	REFUSED(readv2(p[0], buf, 4, -1, NOWAIT), EAGAIN);
	CHECK(write(p[1], "pipe", 4) == 4 && readv2(p[0], buf, 8, -1, NOWAIT) == 4);
	CHECK((fcntl(p[0], F_GETFL) & O_NONBLOCK) == 0);
	/* Refusals. */
	REFUSED(readv2(fd, buf, 4, 0, UNKNOWN), EOPNOTSUPP);
	CHECK(readv2(fd, buf, 0, 0, UNKNOWN) == 0);
	REFUSED(readv2(fd, buf, 4, -2, UNKNOWN), EINVAL);
	REFUSED(readv2(-1, buf, 4, 0, UNKNOWN), EBADF);
	REFUSED(readv2(p[0], buf, 4, 0, UNKNOWN), ESPIPE);
	REFUSED(readv2(p[1], buf, 4, -1, UNKNOWN), EBADF);
	REFUSED(readv2(fd, (void *)KERNEL_ADDRESS, 4, 0, UNKNOWN), EFAULT);
	leave_folder();
	return 0;
}
