/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openat2-keeps-to-its-directory - openat2: the size of its structure, flags that openat
 * ignores, and each way of RESOLVE_*.
 */
#include "files.h"

struct how {
	uint64_t flags, mode, resolve;
};

#define NO_XDEV 1
#define NO_MAGICLINKS 2
#define NO_SYMLINKS 4
#define BENEATH 8
#define IN_ROOT 16
#define CACHED 32

static long open2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
	const struct how how = { flags, mode, resolve };
	const long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));

	if (fd >= 0)
		close((int)fd);
	return fd >= 0 ? 0 : -errno;
}

static long sized(const void *how, size_t size)
{
	const long fd = syscall(SYS_openat2, AT_FDCWD, "file", how, size);

	if (fd >= 0)
		close((int)fd);
	return fd >= 0 ? 0 : -errno;
}

static void sizes(void)
{
	struct {
		struct how how;
		uint64_t more;
	} larger = { { O_RDONLY, 0, 0 }, 0 };
	static char page[4097];

	CHECK(sized(&larger, 23) == -EINVAL && sized(&larger, 0) == -EINVAL && sized(&larger, 32) == 0);
	larger.more = 1;
	CHECK(sized(&larger, 32) == -E2BIG && sized(page, 4096) == 0 && sized(page, 4097) == -E2BIG);
	CHECK(sized((void *)KERNEL_ADDRESS, 24) == -EFAULT);
}

static void flags(void)
{
	CHECK(open2(AT_FDCWD, "file", 1UL << 40, 0, 0) == -EINVAL && open2(AT_FDCWD, "file", 04, 0, 0) == -EINVAL);
	CHECK(open2(AT_FDCWD, "file", O_RDONLY, 0600, 0) == -EINVAL);
	CHECK(open2(AT_FDCWD, "new", O_CREAT | O_WRONLY, 01000000, 0) == -EINVAL);
	CHECK(open2(AT_FDCWD, "file", O_PATH | O_RDWR, 0, 0) == -EINVAL);
	CHECK(open2(AT_FDCWD, "file", O_RDONLY, 0, 64) == -EINVAL);
	CHECK(open2(AT_FDCWD, "file", O_RDONLY, 0, BENEATH | IN_ROOT) == -EINVAL);
	CHECK(open2(AT_FDCWD, "file", O_RDONLY, 0, CACHED) == 0);
	CHECK(open2(AT_FDCWD, "new", O_CREAT | O_WRONLY, 0600, CACHED) == -EAGAIN);
	CHECK(open2(AT_FDCWD, "new", O_CREAT | O_WRONLY | O_EXCL, 0640, 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "new", 0) == 0);
}

static void links(int d)
{
	CHECK(open2(d, "in", O_RDONLY, 0, NO_SYMLINKS) == -ELOOP && open2(d, "in", O_RDONLY, 0, NO_MAGICLINKS) == 0);
	CHECK(open2(d, "in", O_PATH | O_NOFOLLOW, 0, NO_SYMLINKS) == 0);
	CHECK(open2(d, "/proc/self/exe", O_RDONLY, 0, NO_MAGICLINKS) == -ELOOP);
	CHECK(open2(d, "/proc/self/exe", O_RDONLY, 0, 0) == 0);
	CHECK(open2(d, "/proc/self/status", O_RDONLY, 0, NO_MAGICLINKS) == 0);
	CHECK(open2(d, "/proc/self/status", O_RDONLY, 0, NO_SYMLINKS) == -ELOOP);
	CHECK(open2(d, "/proc/version", O_RDONLY, 0, NO_XDEV) == -EXDEV);
	CHECK(open2(d, "folder/file", O_RDONLY, 0, NO_XDEV) == 0);
}

static void beneath(int d)
{
	CHECK(open2(d, "folder/file", O_RDONLY, 0, BENEATH) == 0 &&
	      open2(d, "folder/../in", O_RDONLY, 0, BENEATH) == 0);
	CHECK(open2(d, "..", O_RDONLY, 0, BENEATH) == -EXDEV &&
	      open2(d, "folder/../../d", O_RDONLY, 0, BENEATH) == -EXDEV);
	CHECK(open2(d, "/", O_RDONLY, 0, BENEATH) == -EXDEV && open2(d, "out", O_RDONLY, 0, BENEATH) == -EXDEV);
	CHECK(open2(d, "root", O_RDONLY, 0, BENEATH) == -EXDEV && open2(d, "in", O_RDONLY, 0, BENEATH) == 0);
	CHECK(open2(d, "missing", O_RDONLY, 0, BENEATH) == -ENOENT);
}

static void in_root(int d)
{
	CHECK(open2(d, "/folder/file", O_RDONLY, 0, IN_ROOT) == 0 &&
	      open2(d, "../../folder", O_RDONLY, 0, IN_ROOT) == 0);
	CHECK(open2(d, "root/folder", O_RDONLY, 0, IN_ROOT) == 0 && open2(d, "out", O_RDONLY, 0, IN_ROOT) == -ENOENT);
	CHECK(open2(d, "/proc", O_RDONLY, 0, IN_ROOT) == -ENOENT);
}

int main(void)
{
	static const char *const made[] = { "d/folder/file", "d/folder", "d/in", "d/out", "d/root", "d" };
	int d, fd;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && close(fd) == 0 && syscall(SYS_mkdirat, AT_FDCWD, "d", 0700) == 0);
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "d/folder", 0700) == 0);
	fd = open("d/folder/file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
	CHECK(syscall(SYS_symlinkat, "folder/file", AT_FDCWD, "d/in") == 0);
	CHECK(syscall(SYS_symlinkat, "../file", AT_FDCWD, "d/out") == 0);
	CHECK(syscall(SYS_symlinkat, "/", AT_FDCWD, "d/root") == 0);
	d = open("d", O_RDONLY | O_DIRECTORY);
	CHECK(d >= 0);
	sizes();
	flags();
	links(d);
	beneath(d);
	in_root(d);
	for (size_t i = 0; i < COUNT_OF(made); i++)
		CHECK(syscall(SYS_unlinkat, AT_FDCWD, made[i], i == 1 || i == 5 ? AT_REMOVEDIR : 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	leave_folder();
	return 0;
}
