/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmp-files-keep-what-is-written - holes are zero, a cut-off tail comes back as zeroes, O_APPEND
 * writes at the end, a removed file lives until it is closed.
 */
#include "files.h"

int main(void)
{
	static const char zeroes[64];
	struct stat status;
	char buffer[64];
	int fd;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK(write(fd, "0123456789", 10) == 10);
	CHECK(syscall(SYS_pwrite64, fd, "end", 3L, 100000L) == 3);
	CHECK(fstat(fd, &status) == 0 && status.st_size == 100003);
	CHECK(syscall(SYS_pread64, fd, buffer, 64L, 50000L) == 64 && memcmp(buffer, zeroes, 64) == 0);
	CHECK(syscall(SYS_ftruncate, fd, 5L) == 0);
	CHECK(syscall(SYS_ftruncate, fd, 20L) == 0);
	CHECK(syscall(SYS_pread64, fd, buffer, 64L, 0L) == 20);
	CHECK(memcmp(buffer, "01234", 5) == 0 && memcmp(buffer + 5, zeroes, 15) == 0);
	CHECK(fcntl(fd, F_SETFL, O_APPEND) == 0);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "x", 1) == 1);
	CHECK(lseek(fd, 0, SEEK_CUR) == 21);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	CHECK(fstat(fd, &status) == 0 && status.st_nlink == 0 && status.st_size == 21);
	CHECK(syscall(SYS_pread64, fd, buffer, 1L, 20L) == 1 && buffer[0] == 'x');
	leave_folder();
	return 0;
}
