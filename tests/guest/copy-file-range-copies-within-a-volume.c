/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * copy-file-range-copies-within-a-volume - copy_file_range: positions, the end of the file, the
 * upper half of the flags, and refusals in Linux's order; readahead and sync_file_range beside it.
 */
#include "files.h"

static long copy(int in, long *in_off, int out, long *out_off, size_t n, unsigned long flags)
{
	return syscall(SYS_copy_file_range, in, in_off, out, out_off, n, flags);
}

static int open_new(const char *name, int flags)
{
	const int fd = open(name, flags | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && syscall(SYS_unlinkat, AT_FDCWD, name, 0) == 0);
	return fd;
}

static void refusals(int a, int b)
{
	const int folder = open(".", O_RDONLY), add = open_new("add", O_RDWR | O_APPEND),
		  proc = open("/proc/self/status", O_RDONLY);
	const int reader = open("/proc/self/exe", O_RDONLY), null = open("/dev/null", O_RDWR);
	long off = 0, far = 0x7fffffffffffff00, negative = -1;

	CHECK(folder >= 0 && proc >= 0 && reader >= 0 && null >= 0);
	REFUSED(copy(-1, NULL, -1, NULL, 1, 1), EBADF);
	REFUSED(copy(a, (long *)KERNEL_ADDRESS, b, NULL, 1, 1), EFAULT);
	REFUSED(copy(a, NULL, b, (long *)KERNEL_ADDRESS, 1, 1), EFAULT);
	REFUSED(copy(folder, NULL, b, NULL, 1, 1), EINVAL);
	REFUSED(copy(folder, NULL, b, NULL, 1, 0), EISDIR);
	REFUSED(copy(a, NULL, null, NULL, 1, 0), EINVAL);
	REFUSED(copy(a, NULL, add, NULL, 1, 0), EBADF);
	REFUSED(copy(a, NULL, reader, NULL, 1, 0), EBADF); /* not open for writing */
	REFUSED(copy(proc, NULL, b, NULL, 1, 0), EXDEV);
	REFUSED(copy(a, &off, a, &off, 4, 0), EINVAL); /* onto itself */
	REFUSED(copy(a, &negative, b, NULL, 4, 0), EOVERFLOW);
	REFUSED(copy(a, &negative, b, NULL, 0, 0), EINVAL);
	CHECK(copy(a, &far, b, NULL, 10, 0) == 0);
	CHECK(copy(a, &off, b, NULL, 0, 0) == 0);
	close(folder);
	close(add);
	close(proc);
	close(reader);
	close(null);
}

static void advice(int a)
{
	int p[2];

	CHECK(pipe(p) == 0);
	CHECK(syscall(SYS_readahead, a, 0, 4096) == 0);
	REFUSED(syscall(SYS_readahead, -1, 0, 4096), EBADF);
	REFUSED(syscall(SYS_readahead, p[1], 0, 4096), EBADF);
	REFUSED(syscall(SYS_readahead, p[0], 0, 4096), EINVAL);
	CHECK(syscall(SYS_sync_file_range, a, 0, 0, 7) == 0);
	REFUSED(syscall(SYS_sync_file_range, -1, 0, 0, 8), EBADF);
	REFUSED(syscall(SYS_sync_file_range, a, 0, 0, 8), EINVAL);
	REFUSED(syscall(SYS_sync_file_range, a, -1L, 0L, 0), EINVAL);
	REFUSED(syscall(SYS_sync_file_range, p[0], 0, 0, 0), ESPIPE);
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	int a, b;
	long in = 1, out = 6;
	char buf[32];

	enter_new_folder();
	a = open_new("a", O_RDWR);
	b = open_new("b", O_RDWR);
	CHECK(write(a, "0123456789", 10) == 10);
	/* Its own positions. */
	CHECK(copy(a, NULL, b, NULL, 4, 0) == 0 && lseek(a, 2, SEEK_SET) == 2);
	CHECK(copy(a, NULL, b, NULL, 4, 0) == 4 && lseek(a, 0, SEEK_CUR) == 6 && lseek(b, 0, SEEK_CUR) == 4);
	/* Positions beside it; the flags have 32 bits. */
	CHECK(copy(a, &in, b, &out, 3, 0x7f00000000) == 3 && in == 4 && out == 9);
	CHECK(lseek(a, 0, SEEK_CUR) == 6 && lseek(b, 0, SEEK_CUR) == 4);
	CHECK(pread(b, buf, sizeof(buf), 0) == 9 && memcmp(buf,
							   "2345\0\0"
							   "123",
							   9) == 0);
	/* To the end and no further. */
	CHECK(copy(a, NULL, b, NULL, 1000, 0) == 4 && copy(a, NULL, b, NULL, 1000, 0) == 0);
	/* Within one file, side by side. */
	in = 0;
	out = 10;
	CHECK(copy(a, &in, a, &out, 10, 0) == 10);
	CHECK(pread(a, buf, sizeof(buf), 0) == 20 && memcmp(buf, "01234567890123456789", 20) == 0);
	refusals(a, b);
	advice(a);
	leave_folder();
	return 0;
}
