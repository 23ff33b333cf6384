/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * advice-about-files-is-checked - fadvise64 and syncfs have nothing to do for a file in
 * memory, but look at their arguments.
 */
#include "files.h"

int main(void)
{
	int ends[2];
	const int fd = open("/proc/self/exe", O_RDONLY), path = open("/", O_PATH);

	CHECK(fd >= 0 && path >= 0 && pipe2(ends, 0) == 0);
	CHECK(syscall(SYS_fadvise64, fd, 0, 0, 2) == 0 && syscall(SYS_fadvise64, fd, 5, 4096, 5) == 0);
	REFUSED(syscall(SYS_fadvise64, fd, 0, 0, 6), EINVAL);
	REFUSED(syscall(SYS_fadvise64, fd, 0, -1L, 0), EINVAL);
	REFUSED(syscall(SYS_fadvise64, ends[0], 0, 0, 6), ESPIPE);
	REFUSED(syscall(SYS_fadvise64, path, 0, 0, 0), EBADF);
	REFUSED(syscall(SYS_fadvise64, 99, 0, 0, 6), EBADF);
	CHECK(syscall(SYS_syncfs, fd) == 0);
	REFUSED(syscall(SYS_syncfs, 99), EBADF);
	REFUSED(syscall(SYS_syncfs, path), EBADF);
	return 0;
}
