/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path-refusals-come-in-order - of two things that are wrong with a path,
 * Linux's first is reported.
 */
#include "files.h"

#define OPEN(path, flags) syscall(SYS_openat, AT_FDCWD, path, flags, 0600)
#define MKDIR(path) syscall(SYS_mkdirat, AT_FDCWD, path, 0700)
#define UNLINK(path, flags) syscall(SYS_unlinkat, AT_FDCWD, path, flags)
#define RENAME(from, to, flags) syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags)

static void opening(void)
{
	static char name[4097];

	REFUSED(OPEN("", O_RDONLY), ENOENT);
	REFUSED(OPEN("absent", O_RDONLY), ENOENT);
	REFUSED(OPEN("file/", O_RDONLY), ENOTDIR);
	REFUSED(OPEN("file/x", O_CREAT | O_WRONLY), ENOTDIR);
	REFUSED(OPEN("absent/x", O_CREAT | O_WRONLY), ENOENT);
	REFUSED(OPEN("absent/", O_CREAT | O_WRONLY), EISDIR);
	REFUSED(OPEN("file/", O_CREAT | O_WRONLY), EISDIR);
	REFUSED(OPEN(".", O_WRONLY), EISDIR);
	REFUSED(OPEN(".", O_CREAT), EISDIR);
	REFUSED(OPEN(".", O_CREAT | O_EXCL), EEXIST);
	REFUSED(OPEN("file", O_CREAT | O_EXCL), EEXIST);
	REFUSED(OPEN("file", O_DIRECTORY), ENOTDIR);
	REFUSED(OPEN(".", O_TRUNC), EISDIR);
	REFUSED(syscall(SYS_openat, 99, "file", O_RDONLY), EBADF);
	REFUSED(syscall(SYS_openat, 99, "", O_RDONLY), ENOENT);
	memset(name, 'a', 256);
	REFUSED(OPEN(name, O_RDONLY), ENAMETOOLONG);
	name[255] = '\0';
	REFUSED(OPEN(name, O_RDONLY), ENOENT);
	memset(name, '/', 4096);
	REFUSED(OPEN(name, O_RDONLY), ENAMETOOLONG);
	name[4095] = '\0';
	CHECK(close((int)OPEN(name, O_RDONLY)) == 0);
}

/* Who may not open a file at all is told that first, then that it is not his. */
static void as_a_stranger(void)
{
	int fd;

	drop_privileges();
	REFUSED(OPEN("file", O_RDONLY | O_DIRECT), EACCES);
	REFUSED(OPEN("file", O_RDONLY | O_NOATIME), EACCES);
	REFUSED(OPEN("shown", O_WRONLY | O_NOATIME), EACCES);
	REFUSED(OPEN("shown", O_RDONLY | O_NOATIME), EPERM);
	fd = (int)OPEN("shown", O_RDONLY);
	CHECK(fd >= 0);
	REFUSED(fcntl(fd, F_SETFL, O_NOATIME), EPERM);
	CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && (fcntl(fd, F_GETFL) & O_NOATIME) == 0);
}

/* The owner may, and it stays when others of the file's flags are set by somebody else. */
static void without_times(void)
{
	const int fd = (int)OPEN("shown", O_RDONLY | O_NOATIME);

	CHECK(fd >= 0 && fcntl(fd, F_SETFL, 0) == 0 && fcntl(fd, F_SETFL, O_NOATIME) == 0);
	drop_privileges();
	CHECK(fcntl(fd, F_SETFL, O_NOATIME | O_NONBLOCK) == 0);
}

static void making_and_removing(void)
{
	REFUSED(MKDIR("dir"), EEXIST);
	REFUSED(MKDIR("file"), EEXIST);
	REFUSED(MKDIR("/"), EEXIST);
	REFUSED(MKDIR("."), EEXIST);
	REFUSED(MKDIR("file/x"), ENOTDIR);
	REFUSED(UNLINK("dir", 0), EISDIR);
	REFUSED(UNLINK("file/", 0), ENOTDIR);
	REFUSED(UNLINK("file", AT_REMOVEDIR), ENOTDIR);
	REFUSED(UNLINK("dir", AT_REMOVEDIR), ENOTEMPTY);
	REFUSED(UNLINK(".", AT_REMOVEDIR), EINVAL);
	REFUSED(UNLINK("dir/..", AT_REMOVEDIR), ENOTEMPTY);
	REFUSED(UNLINK("/", AT_REMOVEDIR), EBUSY);
	REFUSED(UNLINK("/", 0), EISDIR);
	REFUSED(UNLINK("file", 1), EINVAL);
}

static void renaming(void)
{
	REFUSED(RENAME("absent", "x", 0), ENOENT);
	REFUSED(RENAME("file", "dir", 0), EISDIR);
	REFUSED(RENAME("dir", "file", 0), ENOTDIR);
	REFUSED(RENAME("file", "new/", 0), ENOTDIR);
	REFUSED(RENAME("dir", "dir/sub/x", 0), EINVAL);
	REFUSED(RENAME("dir/sub", "dir", 0), ENOTEMPTY);
	REFUSED(RENAME(".", "x", 0), EBUSY);
	REFUSED(RENAME("file", "dir", 1), EEXIST);
	REFUSED(RENAME("file", "x", 8), EINVAL);
	CHECK(RENAME("file", "file", 0) == 0);
}

int main(void)
{
	enter_new_folder();
	CHECK(close((int)OPEN("file", O_CREAT | O_WRONLY)) == 0);
	CHECK(MKDIR("dir") == 0 && MKDIR("dir/sub/") == 0);
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, ".", 0755) == 0);
	CHECK(close((int)OPEN("shown", O_CREAT | O_WRONLY)) == 0 &&
	      syscall(SYS_fchmodat, AT_FDCWD, "shown", 0644) == 0);
	opening();
	CHECK(status_of(as_a_stranger) == 0 && status_of(without_times) == 0);
	CHECK(UNLINK("shown", 0) == 0);
	making_and_removing();
	renaming();
	CHECK(RENAME("dir/sub", "dir2", 0) == 0 && RENAME("dir2", "dir", 0) == 0);
	CHECK(UNLINK("dir", AT_REMOVEDIR) == 0 && UNLINK("file", 0) == 0);
	leave_folder();
	return 0;
}
