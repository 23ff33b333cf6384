/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fchmodat2-changes-no-link - fchmodat2: the file, the link that leads to it, an open
 * descriptor; flags that are not known.
 */
#include "files.h"

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static long change(int dir, const char *path, unsigned mode, unsigned flags)
{
	return syscall(SYS_fchmodat2, dir, path, mode, flags);
}

static unsigned mode_of(const char *path)
{
	struct stat s;

	CHECK(stat(path, &s) == 0);
	return s.st_mode & 07777;
}

int main(void)
{
	int fd;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && syscall(SYS_symlinkat, "file", AT_FDCWD, "link") == 0);
	CHECK(change(AT_FDCWD, "file", 0640, 0) == 0 && mode_of("file") == 0640);
	CHECK(change(AT_FDCWD, "link", 0644, 0) == 0 && mode_of("file") == 0644);
	CHECK(change(AT_FDCWD, "file", 0600, AT_SYMLINK_NOFOLLOW) == 0 && mode_of("file") == 0600);
	REFUSED(change(AT_FDCWD, "link", 0644, AT_SYMLINK_NOFOLLOW), EOPNOTSUPP);
	CHECK(change(fd, "", 0604, AT_EMPTY_PATH) == 0 && mode_of("file") == 0604);
	REFUSED(change(fd, "", 0604, 0), ENOENT);
	REFUSED(change(-1, (char *)KERNEL_ADDRESS, 0604, 1), EINVAL);
	REFUSED(change(-1, "file", 0604, 0), EBADF);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "link", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	leave_folder();
	return 0;
}
