/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * files-have-extended-attributes - user.* and security.*: set, replaced, listed, removed, by path,
 * link and descriptor; sizes; and what is refused, on files that have none, too.
 */
#include "files.h"

static long set(const char *path, const char *name, const char *value, int flags)
{
	return syscall(SYS_setxattr, path, name, value, strlen(value), flags);
}

static long get(const char *path, const char *name, char *value, size_t size)
{
	return syscall(SYS_getxattr, path, name, value, size);
}

static void as_nobody(void)
{
	char value[8];

	drop_privileges();
	CHECK(get("file", "user.a", value, 8) == 3);
	REFUSED(set("file", "user.a", "no", 0), EACCES);
	REFUSED(syscall(SYS_removexattr, "file", "user.a"), EACCES);
	REFUSED(set("file", "trusted.a", "no", 0), EPERM);
	CHECK(get("file", "security.guest", value, 8) == 3);
	REFUSED(set("file", "security.guest", "no", 0), EPERM);
	REFUSED(syscall(SYS_removexattr, "file", "security.guest"), EPERM);
	REFUSED(get("file", "trusted.a", value, 8), ENODATA);
}

int main(void)
{
	char value[64], name[400];
	int fd, p[2];
	long n;

	enter_new_folder();
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, ".", 0755) == 0);
	fd = open("file", O_RDWR | O_CREAT, 0644);
	CHECK(fd >= 0 && syscall(SYS_symlinkat, "file", AT_FDCWD, "link") == 0 && pipe(p) == 0);
	CHECK(syscall(SYS_listxattr, "file", value, 64) == 0);
	REFUSED(get("file", "user.a", value, 64), ENODATA);
	CHECK(set("file", "user.a", "one", 0) == 0 && set("link", "user.b", "", 1) == 0);
	CHECK(get("file", "user.a", value, 64) == 3 && memcmp(value, "one", 3) == 0);
	CHECK(get("link", "user.a", NULL, 0) == 3 && get("file", "user.b", value, 64) == 0);
	REFUSED(get("file", "user.a", value, 2), ERANGE);
	n = syscall(SYS_listxattr, "file", value, 64);
	CHECK(n == 14 && memmem(value, 14, "user.a", 7) != NULL && memmem(value, 14, "user.b", 7) != NULL);
	CHECK(syscall(SYS_flistxattr, fd, NULL, 0) == 14);
	REFUSED(syscall(SYS_listxattr, "file", value, 13), ERANGE);
	/* There already, or not yet. */
	REFUSED(set("file", "user.a", "two", 1), EEXIST);
	REFUSED(set("file", "user.c", "two", 2), ENODATA);
	CHECK(syscall(SYS_fsetxattr, fd, "user.a", "longer", 6, 2) == 0);
	CHECK(syscall(SYS_fgetxattr, fd, "user.a", value, 64) == 6 && memcmp(value, "longer", 6) == 0);
	CHECK(set("file", "user.a", "one", 0) == 0 && set(".", "user.a", "folder", 0) == 0);
	CHECK(set("file", "security.guest", "yes", 0) == 0);
	CHECK(syscall(SYS_lsetxattr, "link", "security.guest", "too", 3, 0) == 0);
	CHECK(syscall(SYS_lgetxattr, "link", "security.guest", value, 64) == 3 && memcmp(value, "too", 3) == 0);
	CHECK(syscall(SYS_llistxattr, "link", value, 64) == 15 && strcmp(value, "security.guest") == 0);
	CHECK(syscall(SYS_lremovexattr, "link", "security.guest") == 0);
	REFUSED(get("file", "security.capability", value, 64), ENODATA);
	CHECK(exited_with(status_of(as_nobody), 0));
	CHECK(syscall(SYS_removexattr, "file", "security.guest") == 0);
	/* Refusals. */
	REFUSED(set("file", "user.a", "x", 4), EINVAL);
	REFUSED(set("file", "", "x", 0), ERANGE);
	memset(name, 'x', sizeof(name) - 1);
	memcpy(name, "user.", 5);
	name[sizeof(name) - 1] = 0;
	REFUSED(set("file", name, "x", 0), ERANGE);
	REFUSED(set("file", "user.", "x", 0), EINVAL);
	REFUSED(set("file", "other.a", "x", 0), EOPNOTSUPP);
	REFUSED(get("file", "other.a", value, 64), EOPNOTSUPP);
	REFUSED(set("file", (char *)KERNEL_ADDRESS, "x", 0), EFAULT);
	REFUSED(syscall(SYS_setxattr, "file", "user.a", "x", 65537, 0), E2BIG);
	REFUSED(syscall(SYS_setxattr, "file", "user.a", KERNEL_ADDRESS, 1, 0), EFAULT);
	REFUSED(set("none", "user.a", "x", 0), ENOENT);
	REFUSED(syscall(SYS_lsetxattr, "link", "user.a", "x", 1, 0), EPERM);
	REFUSED(syscall(SYS_lgetxattr, "link", "user.a", value, 64), ENODATA);
	CHECK(syscall(SYS_llistxattr, "link", value, 64) == 0);
	REFUSED(syscall(SYS_fsetxattr, -1, "user.a", "x", 1, 0), EBADF);
	REFUSED(syscall(SYS_fgetxattr, -1, "user.a", value, 1), EBADF);
	REFUSED(syscall(SYS_flistxattr, -1, value, 1), EBADF);
	REFUSED(syscall(SYS_fremovexattr, -1, "user.a"), EBADF);
	REFUSED(get("/proc/self/status", "user.a", value, 64), EOPNOTSUPP);
	REFUSED(syscall(SYS_fgetxattr, p[0], "user.a", value, 64), ENODATA);
	/* Away. */
	CHECK(syscall(SYS_removexattr, "file", "user.a") == 0);
	REFUSED(syscall(SYS_removexattr, "file", "user.a"), ENODATA);
	CHECK(syscall(SYS_fremovexattr, fd, "user.b") == 0 && syscall(SYS_listxattr, "file", value, 64) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "link", 0) == 0);
	leave_folder();
	return 0;
}
