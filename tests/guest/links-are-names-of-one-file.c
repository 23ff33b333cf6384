/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * links-are-names-of-one-file - linkat gives a file a second name, and the file lives as long as
 * the last of them; a file made without a name gets its first one; renameat2 lets two names change
 * places. Refusals stand in Linux's order.
 */
#include "files.h"

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#endif

static int link_flags(const char *from, const char *to, int flags)
{
	return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, flags);
}

static int link_to(const char *from, const char *to)
{
	return link_flags(from, to, 0);
}

static int rename_flags(const char *from, const char *to, unsigned flags)
{
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
}

static int unlink_it(const char *path)
{
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

static int make_folder(const char *path)
{
	return (int)syscall(SYS_mkdirat, AT_FDCWD, path, 0755);
}

static int remove_folder(const char *path)
{
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

static struct stat of(const char *path)
{
	struct stat s;

	CHECK(syscall(SYS_newfstatat, AT_FDCWD, path, &s, AT_SYMLINK_NOFOLLOW) == 0);
	return s;
}

static void make_file(const char *path, const char *text)
{
	const int fd = open(path, O_CREAT | O_WRONLY, 0600);

	CHECK(write(fd, text, strlen(text)) == (long)strlen(text));
	close(fd);
}

static int holds(const char *path, const char *wanted)
{
	char text[40];

	read_text(path, text, sizeof(text));
	return strcmp(text, wanted) == 0;
}

/* The number that the directory itself shows for a name. */
static uint64_t listed(const char *name)
{
	char entries[1024];
	const int fd = open(".", O_RDONLY);
	const long n = syscall(SYS_getdents64, fd, entries, sizeof(entries));
	uint64_t ino = 0;

	for (long at = 0; at < n;) {
		uint16_t length;

		memcpy(&length, entries + at + 16, sizeof(length));
		if (strcmp(entries + at + 19, name) == 0)
			memcpy(&ino, entries + at, sizeof(ino));
		at += length;
	}
	close(fd);
	return ino;
}

static void names_of_one_file(void)
{
	int fd;

	make_file("a", "first");
	CHECK(link_to("a", "b") == 0 && link_to("b", "f/c") == 0);
	CHECK(of("a").st_nlink == 3 && of("b").st_ino == of("a").st_ino && of("f/c").st_ino == of("a").st_ino);
	CHECK(listed("a") == of("a").st_ino && listed("b") == of("a").st_ino);
	fd = open("b", O_WRONLY | O_TRUNC);
	CHECK(write(fd, "second", 6) == 6);
	close(fd);
	CHECK(holds("a", "second") && holds("f/c", "second"));
	CHECK(unlink_it("a") == 0 && of("b").st_nlink == 2 && holds("b", "second"));
	REFUSED(open("a", O_RDONLY), ENOENT);
	CHECK(rename_flags("b", "f/c", 0) == 0); /* the same file: nothing happens */
	CHECK(of("b").st_nlink == 2);
	CHECK(rename_flags("b", "d", 0) == 0 && holds("d", "second") && of("d").st_nlink == 2);
	make_file("e", "third");
	CHECK(rename_flags("e", "d", 0) == 0 && holds("d", "third") && of("f/c").st_nlink == 1);
	CHECK(unlink_it("f/c") == 0 && unlink_it("d") == 0);
}

static void refusals(void)
{
	char text[40];
	int fd;

	make_file("a", "a");
	CHECK(syscall(SYS_symlinkat, "a", AT_FDCWD, "s") == 0);
	REFUSED(link_flags("a", "b", 1), EINVAL);
	REFUSED(link_to("none", "b"), ENOENT);
	REFUSED(link_to("a", "f"), EEXIST);
	REFUSED(link_to("a", "a"), EEXIST);
	REFUSED(link_to("a", "b/"), ENOENT);
	REFUSED(link_to("a", "none/b"), ENOENT);
	REFUSED(link_to("f", "g"), EPERM);
	REFUSED(link_to("/proc/self/status", "b"), EXDEV);
	CHECK(link_to("s", "t") == 0 && syscall(SYS_readlinkat, AT_FDCWD, "t", text, 9) == 1);
	CHECK(link_flags("s", "u", 0x400) == 0 && of("u").st_ino == of("a").st_ino); /* AT_SYMLINK_FOLLOW */
	fd = open("a", O_RDONLY);
	CHECK(syscall(SYS_linkat, fd, "", AT_FDCWD, "v", AT_EMPTY_PATH) == 0 && of("v").st_nlink == 3);
	CHECK(unlink_it("s") == 0 && unlink_it("t") == 0 && unlink_it("u") == 0 && unlink_it("v") == 0);
	CHECK(unlink_it("a") == 0);
	REFUSED(syscall(SYS_linkat, fd, "", AT_FDCWD, "v", AT_EMPTY_PATH), ENOENT);
	close(fd);
}

/* Opens a file without a name (O_TMPFILE), whose text is "made". */
static int without_a_name(int flags)
{
	const int fd = (int)syscall(SYS_openat, AT_FDCWD, ".", O_RDWR | O_DIRECTORY | 020000000 | flags, 0600);

	CHECK(fd >= 0 && write(fd, "made", 4) == 4);
	return fd;
}

static void first_names(void)
{
	const int fd = without_a_name(0), never = without_a_name(O_EXCL);
	char path[40];
	struct stat s;

	CHECK(fstat(fd, &s) == 0 && s.st_nlink == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	CHECK(link_flags(path, "n", 0x400) == 0 && holds("n", "made") && of("n").st_nlink == 1);
	CHECK(of("n").st_ino == s.st_ino && listed("n") == s.st_ino);
	CHECK(link_to("n", "o") == 0 && of("o").st_nlink == 2 && unlink_it("o") == 0 && unlink_it("n") == 0);
	REFUSED(link_flags(path, "n", 0x400), ENOENT); /* it had its names */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", never);
	REFUSED(link_flags(path, "n", 0x400), ENOENT);
	CHECK(close(fd) == 0 && close(never) == 0);
}

static void exchanges(void)
{
	make_file("a", "a");
	make_file("f/b", "b");
	REFUSED(rename_flags("a", "f/b", RENAME_EXCHANGE | 1), EINVAL);
	REFUSED(rename_flags("a", "f/b", 8), EINVAL);
	REFUSED(rename_flags("a", "none", RENAME_EXCHANGE), ENOENT);
	REFUSED(rename_flags("f", "f/b", RENAME_EXCHANGE), EINVAL);
	REFUSED(rename_flags("f/b", "f", RENAME_EXCHANGE), EINVAL);
	REFUSED(rename_flags("a", "f/b/", RENAME_EXCHANGE), ENOTDIR);
	CHECK(rename_flags("a", "f/b", RENAME_EXCHANGE) == 0 && holds("a", "b") && holds("f/b", "a"));
	CHECK(make_folder("g") == 0);
	CHECK(rename_flags("g", "f/b", RENAME_EXCHANGE) == 0 && holds("g", "a") && remove_folder("f/b") == 0);
	CHECK(rename_flags("g", "f", RENAME_EXCHANGE) == 0 && holds("f", "a") && remove_folder("g") == 0);
	CHECK(unlink_it("a") == 0 && unlink_it("f") == 0);
}

int main(void)
{
	enter_new_folder();
	CHECK(make_folder("f") == 0);
	names_of_one_file();
	refusals();
	first_names();
	exchanges();
	leave_folder();
	return 0;
}
