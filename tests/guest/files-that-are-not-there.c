/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * files-that-are-not-there - missing files, closed descriptors, wrong kinds: each has its error.
 */
#include "guest.h"

int main(void)
{
	char buffer[8];
	const int null = open("/dev/null", O_RDWR);

	CHECK(null >= 0);
	CHECK(write(null, "abc", 3) == 3);
	CHECK(read(null, buffer, 3) == 0);
	REFUSED(open("/nonexistent", O_RDONLY), ENOENT);
	REFUSED(open("/dev/null/x", O_RDONLY), ENOTDIR);
	REFUSED(open("", O_RDONLY), ENOENT);
	const int root = open("/", O_RDONLY);
	CHECK(root >= 0);
	REFUSED(read(root, buffer, 8), EISDIR);
	REFUSED(open("/", O_WRONLY), EISDIR);
	REFUSED(close(1000), EBADF);
	CHECK(close(null) == 0);
	REFUSED(close(null), EBADF);
	REFUSED(write(null, "x", 1), EBADF);
	REFUSED(dup(null), EBADF);
	REFUSED(dup3(0, 0, 0), EINVAL);
	REFUSED(syscall(SYS_dup3, 1, 20, 0x1000000), EINVAL);
	return 0;
}
