/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mounts-are-seen-through-their-namespace - unshare(CLONE_NEWNS), mount, umount2, pivot_root: file
 * systems in memory, binding, read-only remounts, moving; ".." and paths through them; who is
 * refused. Others see nothing of it.
 */
#include "files.h"

#ifdef __riscv
#include <abi/mount.h>
#else
#include <sys/mount.h>
#endif

static long do_mount(const char *source, const char *at, const char *type, unsigned long flags, const char *data)
{
	return syscall(SYS_mount, source, at, type, flags, data);
}

static long do_umount(const char *at, int flags)
{
	return syscall(SYS_umount2, at, flags);
}

static long make(const char *path)
{
	return syscall(SYS_mkdirat, AT_FDCWD, path, 0755);
}

static long make_file(const char *path)
{
	const int fd = open(path, O_CREAT | O_WRONLY, 0644);

	return fd < 0 ? -1 : close(fd);
}

static int exists(const char *path)
{
	return syscall(SYS_faccessat, AT_FDCWD, path, 0) == 0;
}

static uint64_t number(const char *path, int device)
{
	struct stat st;

	CHECK(stat(path, &st) == 0);
	return device ? (uint64_t)st.st_dev : (uint64_t)st.st_ino;
}

/* How often LINE stands in FILE. */
static int count_in(const char *file, const char *line)
{
	static char text[16384];
	int n = 0;

	read_text(file, text, sizeof(text));
	for (const char *at = text; (at = strstr(at, line)) != NULL; at++)
		n++;
	return n;
}

static void in_memory(const char *base)
{
	char path[128], cwd[128];
	uint64_t outside;

	CHECK(syscall(SYS_chdir, base) == 0 && make("a") == 0 && make_file("a/below") == 0);
	outside = number("a", 1);
	REFUSED(do_mount("none", "a/below", "tmpfs", 0, NULL), ENOTDIR);
	REFUSED(do_mount("none", "a", "no-such-type", 0, NULL), ENODEV);
	REFUSED(do_mount("none", "a", NULL, 0, NULL), EINVAL);
	REFUSED(do_mount("none", "missing", "tmpfs", 0, NULL), ENOENT);
	REFUSED(do_mount("none", "a", "tmpfs", 0, "nonsense=1"), EINVAL);
	REFUSED(do_mount("none", NULL, "tmpfs", 0, NULL), EFAULT);
	CHECK(do_mount("my source", "a", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0751,size=1m") == 0);
	CHECK(number("a", 1) != outside && !exists("a/below"));
	CHECK(make("a/in") == 0 && make_file("a/in/file") == 0);
	REFUSED(syscall(SYS_unlinkat, AT_FDCWD, "a", AT_REMOVEDIR), EBUSY);
	REFUSED(syscall(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", 0), EBUSY);
	REFUSED(syscall(SYS_renameat2, AT_FDCWD, "a/in/file", AT_FDCWD, "file", 0), EXDEV);
	REFUSED(syscall(SYS_linkat, AT_FDCWD, "a/in/file", AT_FDCWD, "file", 0), EXDEV);
	/* ".." leads out again, and the path back in. */
	CHECK(syscall(SYS_chdir, "a/in") == 0);
	CHECK(number("../..", 0) == number(base, 0) && number("../../a/in", 0) == number(".", 0));
	CHECK(syscall(SYS_getcwd, cwd, sizeof(cwd)) > 0);
	snprintf(path, sizeof(path), "%s/a/in", base);
	CHECK(strcmp(cwd, path) == 0);
	REFUSED(do_umount("..", 0), EBUSY);
	REFUSED(do_umount(".", 0), EINVAL);
	CHECK(syscall(SYS_chdir, base) == 0);
	snprintf(path, sizeof(path), "my\\040source %s/a tmpfs rw,nosuid,nodev", base);
	CHECK(count_in("/proc/self/mounts", path) == 1);
	CHECK(do_umount("a", 0) == 0 && exists("a/below") && number("a", 1) == outside);
	REFUSED(do_umount("a", 0), EINVAL);
	REFUSED(do_umount("a", 64), EINVAL);
}

static void bound(void)
{
	int fd;

	CHECK(make("src") == 0 && make("dst") == 0 && make_file("src/file") == 0 && make("src/sub") == 0);
	CHECK(do_mount("t", "src/sub", "tmpfs", 0, NULL) == 0 && make_file("src/sub/deep") == 0);
	/* Alone, or with what is mounted below. */
	CHECK(do_mount("src", "dst", NULL, MS_BIND, NULL) == 0);
	CHECK(exists("dst/file") && exists("dst/sub") && !exists("dst/sub/deep"));
	CHECK(number("dst/file", 0) == number("src/file", 0) && number("dst", 1) == number("src", 1));
	CHECK(do_umount("dst", 0) == 0 && do_mount("src", "dst", NULL, MS_BIND | MS_REC, NULL) == 0);
	CHECK(exists("dst/sub/deep"));
	REFUSED(do_umount("dst", 0), EBUSY);
	CHECK(number("dst/sub/..", 0) == number("dst", 0));
	/* Read-only through one, not through the other. */
	CHECK(do_mount(NULL, "dst", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOEXEC, NULL) == 0);
	REFUSED(open("dst/file", O_WRONLY), EROFS);
	REFUSED(open("dst/new", O_WRONLY | O_CREAT, 0600), EROFS);
	REFUSED(make("dst/new"), EROFS);
	REFUSED(make("dst/file"), EEXIST);
	REFUSED(syscall(SYS_unlinkat, AT_FDCWD, "dst/file", 0), EROFS);
	REFUSED(syscall(SYS_fchmodat, AT_FDCWD, "dst/file", 0600), EROFS);
	REFUSED(syscall(SYS_faccessat, AT_FDCWD, "dst/file", W_OK), EROFS);
	REFUSED(syscall(SYS_truncate, "dst/file", 1), EROFS);
	REFUSED(syscall(SYS_renameat2, AT_FDCWD, "dst/file", AT_FDCWD, "dst/x", 0), EROFS);
	CHECK(make_file("dst/sub/more") == 0); /* that one is its own mount */
	fd = open("src/file", O_RDWR);
	CHECK(fd >= 0 && write(fd, "text", 4) == 4 && syscall(SYS_fchmod, fd, 0755) == 0 && close(fd) == 0);
	REFUSED(syscall(SYS_execve, "dst/file", NULL, NULL), EACCES);
	fd = open("dst/file", O_RDONLY);
	CHECK(fd >= 0);
	REFUSED(syscall(SYS_fchmod, fd, 0700), EROFS);
	CHECK(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == EPERM);
	close(fd);
	/* Files, too; away with all of it, although somebody stands in it. */
	CHECK(make_file("one") == 0);
	REFUSED(do_mount("dst", "one", NULL, MS_BIND, NULL), ENOTDIR);
	CHECK(do_mount("src/file", "one", NULL, MS_BIND, NULL) == 0 && number("one", 0) == number("src/file", 0));
	CHECK(do_umount("one", 0) == 0 && number("one", 0) != number("src/file", 0));
	fd = open("dst/sub", O_RDONLY | O_DIRECTORY);
	REFUSED(do_umount("dst/sub", 0), EBUSY);
	CHECK(do_umount("dst", MNT_DETACH) == 0 && !exists("dst/file"));
	CHECK(syscall(SYS_faccessat, fd, "deep", 0) == 0 && close(fd) == 0);
	/* A mount goes elsewhere. */
	CHECK(do_mount("src/sub", "dst", NULL, MS_MOVE, NULL) == 0 && exists("dst/deep") && !exists("src/sub/deep"));
	REFUSED(do_mount("src", "a", NULL, MS_MOVE, NULL), EINVAL);
	CHECK(make("dst/x") == 0);
	REFUSED(do_mount("dst", "dst/x", NULL, MS_MOVE, NULL), ELOOP);
	REFUSED(do_mount(NULL, "a", NULL, MS_BIND, NULL), EINVAL);
	CHECK(do_umount("dst", 0) == 0);
}

static void special(void)
{
	char text[64];

	CHECK(make("p") == 0 && do_mount("proc", "p", "proc", MS_NOSUID, NULL) == 0);
	snprintf(text, sizeof(text), "p/%d/mounts", (int)getpid());
	CHECK(exists(text) && exists("p/self/ns/mnt"));
	memset(text, 0, sizeof(text));
	CHECK(syscall(SYS_readlinkat, AT_FDCWD, "p/self", text, sizeof(text)) > 0 && atoi(text) == getpid());
	CHECK(do_umount("p", 0) == 0);
	CHECK(do_mount("d", "p", "tmpfs", MS_NODEV, NULL) == 0);
	CHECK(syscall(SYS_mknodat, AT_FDCWD, "p/null", S_IFCHR | 0666, 0x103) == 0);
	REFUSED(open("p/null", O_RDONLY), EACCES);
	CHECK(do_umount("p", 0) == 0);
}

static void pivot(const char *base)
{
	char path[128];
	uint64_t place;
	int old;

	CHECK(make("new") == 0);
	CHECK(do_mount("n", "new", "tmpfs", 0, NULL) == 0 && make("new/put") == 0 && make_file("new/here") == 0);
	CHECK(make("apart") == 0 && do_mount("n", "apart", "tmpfs", 0, NULL) == 0);
	REFUSED(syscall(SYS_pivot_root, "new", "apart"), EINVAL); /* not below it */
	CHECK(do_umount("apart", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "apart", AT_REMOVEDIR) == 0);
	REFUSED(syscall(SYS_pivot_root, "/", "/"), EBUSY);
	place = number(base, 0);
	CHECK(syscall(SYS_pivot_root, "new", "new/put") == 0);
	CHECK(exists("/here") && exists("/put/proc"));
	snprintf(path, sizeof(path), "/put%s", base);
	CHECK(number(path, 0) == place && number(".", 0) == place);
	CHECK(do_umount("/put", MNT_DETACH) == 0 && !exists("/put/proc"));
	/* The way in which nothing is needed to put the old root at. */
	CHECK(syscall(SYS_chdir, "/") == 0 && make("/again") == 0);
	CHECK(do_mount("n", "/again", "tmpfs", 0, NULL) == 0 && make_file("/again/there") == 0);
	old = open("/", O_RDONLY | O_DIRECTORY);
	CHECK(syscall(SYS_chdir, "/again") == 0 && syscall(SYS_pivot_root, ".", ".") == 0);
	CHECK(syscall(SYS_fchdir, old) == 0 && do_umount(".", MNT_DETACH) == 0 && syscall(SYS_chdir, "/") == 0);
	CHECK(exists("/there") && !exists("/here"));
	close(old);
}

static void child(const char *base)
{
	CHECK(syscall(SYS_unshare, CLONE_NEWNS) == 0);
	CHECK(do_mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == 0);
	CHECK(do_mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	REFUSED(do_mount(NULL, base, NULL, MS_PRIVATE, NULL), EINVAL);
	REFUSED(do_mount(NULL, "/", NULL, MS_PRIVATE | MS_SLAVE, NULL), EINVAL);
	in_memory(base);
	bound();
	special();
	pivot(base);
	_exit(0);
}

static void without_rights(const char *base)
{
	CHECK(syscall(SYS_setgid, 12345) == 0 && syscall(SYS_setuid, 12345) == 0);
	REFUSED(syscall(SYS_unshare, CLONE_NEWNS), EPERM);
	REFUSED(do_mount("none", base, "tmpfs", 0, NULL), EPERM);
	REFUSED(do_umount("/proc", 0), EPERM);
	REFUSED(syscall(SYS_pivot_root, ".", "."), EPERM);
	/* In a user namespace there are; but what was there before cannot be taken away alone. */
	CHECK(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNS) == 0);
	CHECK(do_mount("none", base, "tmpfs", 0, NULL) == 0 && exists(base));
	CHECK(do_umount(base, 0) == 0);
	REFUSED(do_umount("/proc", MNT_DETACH), EINVAL);
	REFUSED(do_mount("/", base, NULL, MS_BIND, NULL), EINVAL);
	CHECK(do_mount("/", base, NULL, MS_BIND | MS_REC, NULL) == 0);
	_exit(0);
}

int main(void)
{
	char base[64];
	int status;
	pid_t pid;

	enter_new_folder();
	CHECK(syscall(SYS_getcwd, base, sizeof(base)) > 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		child(base);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(count_in("/proc/self/mounts", base) == 0); /* nothing of it is seen here */
	CHECK(exists("a/below") && exists("src/file") && !exists("dst/deep"));
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		without_rights(base);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "a/below", 0) == 0 &&
	      syscall(SYS_unlinkat, AT_FDCWD, "src/file", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "one", 0) == 0);
	for (int n = 0; n < 6; n++) {
		static const char *const folders[] = { "a", "src/sub", "src", "dst", "p", "new" };

		CHECK(syscall(SYS_unlinkat, AT_FDCWD, folders[n], AT_REMOVEDIR) == 0);
	}
	leave_folder();
	return 0;
}
