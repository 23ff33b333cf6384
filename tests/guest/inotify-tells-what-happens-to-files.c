/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify-tells-what-happens-to-files - a watch on a directory or a file hears what is done to it,
 * in order, by name; the same thing twice is told once; what is gone is not watched any more.
 */
#include "files.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#ifdef __riscv
#include <abi/inotify.h>
#else
#include <sys/inotify.h>
#endif

static int fd;
static char text[1024];

/* What was told since the last time: "wd:mask:name ..." */
static const char *told(void)
{
	static char buf[4096];
	uint32_t cookie = 0;
	long n, at = 0;

	text[0] = '\0';
	n = syscall(SYS_read, fd, buf, sizeof(buf));
	if (n < 0) {
		CHECK(errno == EAGAIN);
		return text;
	}
	while (at < n) {
		const struct inotify_event *e = (const void *)(buf + at);
		const size_t used = strlen(text);

		snprintf(text + used, sizeof(text) - used, "%d:%x:%s ", (int)e->wd, (unsigned)e->mask,
			 e->len != 0 ? e->name : "");
		if (e->mask & IN_MOVED_FROM)
			cookie = e->cookie;
		if (e->mask & IN_MOVED_TO)
			CHECK(e->cookie == cookie && cookie != 0);
		CHECK(e->len % sizeof(*e) == 0);
		at += (long)(sizeof(*e) + e->len);
	}
	return text;
}

static void hears(int line, const char *wanted)
{
	if (strcmp(told(), wanted) == 0)
		return;
	printf("line %d: told \"%s\", not \"%s\"\n", line, text, wanted);
	_exit(1);
}
#define HEARS(wanted) hears(__LINE__, wanted)

static long add(const char *path, uint32_t mask)
{
	return syscall(SYS_inotify_add_watch, fd, path, mask);
}

static void make(const char *path, const char *content)
{
	const int f = open(path, O_CREAT | O_WRONLY, 0644);

	CHECK(f >= 0 && write(f, content, strlen(content)) == (long)strlen(content));
	close(f);
}

/* A file that is open and has lost its name is told of by it, unless that is not wanted. */
static void without_a_name(void)
{
	int f;

	make("d/u", "");
	f = open("d/u", O_WRONLY);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d/u", 0) == 0);
	CHECK(add("d", IN_MODIFY) == 1);
	told();
	CHECK(write(f, "1", 1) == 1);
	HEARS("1:2:u ");
	CHECK(add("d", IN_MODIFY | IN_EXCL_UNLINK) == 1 && write(f, "2", 1) == 1);
	HEARS("");
	close(f);
	CHECK(add("d", IN_ALL_EVENTS) == 1);
}

static void in_a_directory(void)
{
	char c;
	int f;

	CHECK(add("d", IN_ALL_EVENTS) == 1);
	make("d/a", "x");
	HEARS("1:100:a 1:20:a 1:2:a 1:8:a ");
	f = open("d/a", O_RDONLY);
	CHECK(read(f, &c, 1) == 1);
	close(f);
	HEARS("1:20:a 1:1:a 1:10:a ");
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, "d/a", 0600) == 0);
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, "d/a", 0644) == 0);
	HEARS("1:4:a ");
	CHECK(syscall(SYS_truncate, "d/a", 0) == 0);
	HEARS("1:2:a ");
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "d/a", AT_FDCWD, "d/b", 0) == 0);
	HEARS("1:40:a 1:80:b ");
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "d/b", AT_FDCWD, "b", 0) == 0);
	HEARS("1:40:b ");
	CHECK(syscall(SYS_linkat, AT_FDCWD, "b", AT_FDCWD, "d/l", 0) == 0);
	HEARS("1:100:l ");
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d/l", 0) == 0);
	HEARS("1:200:l ");
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "d/s", 0755) == 0);
	HEARS("1:40000100:s ");
	make("d/s/deeper", "");
	HEARS("");
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d/s/deeper", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d/s", AT_REMOVEDIR) == 0);
	HEARS("1:40000200:s ");
	without_a_name();
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d", AT_REMOVEDIR) == 0);
	HEARS("1:400: 1:8000: ");
	REFUSED(syscall(SYS_inotify_rm_watch, fd, 1), EINVAL);
}

static void of_a_file(void)
{
	int f;

	make("f", "");
	CHECK(add("f", IN_MODIFY | IN_DELETE_SELF | IN_ATTRIB | IN_MOVE_SELF) == 2);
	make("f", "y");
	HEARS("2:2: ");
	CHECK(add("f", IN_OPEN | IN_MASK_ADD) == 2);
	REFUSED(add("f", IN_OPEN | IN_MASK_CREATE), EEXIST);
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "f", AT_FDCWD, "g", 0) == 0);
	HEARS("2:800: ");
	f = open("g", O_RDONLY);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "g", 0) == 0);
	HEARS("2:20: 2:4: "); /* it is there while it is open */
	close(f);
	HEARS("2:400: 2:8000: ");
}

static void ends_of_watches(void)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int n;

	make("once", "");
	CHECK(add("once", IN_OPEN | IN_ONESHOT) == 3);
	CHECK(poll(&p, 1, 0) == 0);
	make("once", "z");
	CHECK(poll(&p, 1, 1000) == 1 && p.revents == POLLIN);
	CHECK(syscall(SYS_ioctl, fd, 0x541b, &n) == 0 && n == 32);
	REFUSED(syscall(SYS_read, fd, text, 15), EINVAL);
	HEARS("3:20: 3:8000: ");
	CHECK(add("once", IN_OPEN) == 4 && syscall(SYS_inotify_rm_watch, fd, 4) == 0);
	HEARS("4:8000: ");
}

int main(void)
{
	enter_new_folder();
	REFUSED(syscall(SYS_inotify_init1, 1), EINVAL);
	fd = (int)syscall(SYS_inotify_init1, O_NONBLOCK | O_CLOEXEC);
	CHECK(fd >= 0 && syscall(SYS_mkdirat, AT_FDCWD, "d", 0755) == 0);
	REFUSED(add("d", 0), EINVAL);
	REFUSED(add("nothing", IN_OPEN), ENOENT);
	make("b0", "");
	REFUSED(add("b0", IN_OPEN | IN_ONLYDIR), ENOTDIR);
	REFUSED(syscall(SYS_inotify_add_watch, 1, "d", IN_OPEN), EINVAL);
	REFUSED(syscall(SYS_inotify_add_watch, 99, "d", IN_OPEN), EBADF);
	REFUSED(write(fd, "x", 1), EBADF);
	in_a_directory();
	of_a_file();
	ends_of_watches();
	return 0;
}
