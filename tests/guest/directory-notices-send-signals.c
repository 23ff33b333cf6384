/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * directory-notices-send-signals - F_NOTIFY: what happens in a directory is told to the owner of an
 * open one by a signal, once or, with DN_MULTISHOT, each time, until that descriptor is closed.
 */
#include "files.h"

#define NOTIFY 1026 /* F_NOTIFY */
enum { ACCESS = 1, MODIFY = 2, CREATE = 4, DELETE = 8, RENAME = 16, ATTRIB = 32 };
#define MANY 0x80000000UL

static int number; /* the signal's */

/* How many signals came; the last one's info in TOLD. */
static siginfo_t told;

static int signals(void)
{
	const struct timespec none = { 0, 0 };
	sigset_t set;
	int n = 0;

	sigemptyset(&set);
	sigaddset(&set, number);
	while (syscall(SYS_rt_sigtimedwait, &set, &told, &none, 8L) == number)
		n++;
	return n;
}

static int folder;

static long notify(unsigned long what)
{
	return syscall(SYS_fcntl, folder, NOTIFY, what);
}

static int make(const char *path)
{
	return (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL, 0600);
}

static long move(const char *from, const char *to)
{
	return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* Each kind of event, and what else happens without a signal. */
static void kinds(void)
{
	int fd;
	char c;

	CHECK(notify(CREATE | MANY) == 0);
	fd = make("d/a");
	CHECK(fd >= 0 && signals() == 1 && told.si_code == POLL_MSG && told.si_fd == folder);
	CHECK(write(fd, "x", 1) == 1 && signals() == 0);
	CHECK(notify(MODIFY | MANY) == 0 && write(fd, "x", 1) == 1 && signals() == 1); /* one more kind */
	CHECK(close(make("d/b")) == 0 && signals() == 1);
	CHECK(syscall(SYS_pread64, fd, &c, 1L, 0L) == 1 && signals() == 0);

	CHECK(notify(0) == 0 && write(fd, "x", 1) == 1 && signals() == 0);
	CHECK(notify(ACCESS | MANY) == 0 && syscall(SYS_pread64, fd, &c, 1L, 0L) == 1 && signals() == 1);
	CHECK(notify(MANY) == 0 && syscall(SYS_pread64, fd, &c, 1L, 0L) == 1 && signals() == 0);
	CHECK(notify(ATTRIB | MANY) == 0 && syscall(SYS_fchmod, fd, 0644) == 0 && signals() == 1 && notify(0) == 0);
	CHECK(notify(RENAME | MANY) == 0 && move("d/a", "d/c") == 0 && signals() == 1);
	CHECK(move("d/c", "outside") == 0 && move("outside", "d/a") == 0 && signals() == 0 && notify(0) == 0);
	CHECK(notify(DELETE | MANY) == 0 && move("d/a", "outside") == 0 && signals() == 1);
	CHECK(unlink("d/b") == 0 && signals() == 1 && unlink("outside") == 0 && signals() == 0 && notify(0) == 0);
	CHECK(close(fd) == 0);
}

static void once(void)
{
	CHECK(notify(CREATE | DELETE) == 0);
	CHECK(close(make("d/a")) == 0 && signals() == 1);
	CHECK(unlink("d/a") == 0 && signals() == 0); /* the notice ended with the first event of either kind */
	CHECK(close(make("d/a")) == 0 && unlink("d/a") == 0 && signals() == 0);
}

static void a_child(void)
{
	CHECK(close(make("d/a")) == 0);
	CHECK(close(folder) == 0); /* which is not the parent's */
	CHECK(unlink("d/a") == 0);
}

/* The notice is of the process's descriptors; the signal is the owner's. */
static void owners(void)
{
	const int same = dup(folder);

	CHECK(syscall(SYS_fcntl, folder, 9 /* F_GETOWN */, 0) == getpid());
	CHECK(notify(CREATE | DELETE | MANY) == 0);
	CHECK(end_of(child_of(a_child)) == 0 && signals() == 2);
	/* Any descriptor of the open file, closed here, ends it. */
	CHECK(close(same) == 0 && close(make("d/a")) == 0 && signals() == 0 && unlink("d/a") == 0);
}

int main(void)
{
	int file;

	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "d", 0700) == 0);
	folder = open("d", O_RDONLY | O_DIRECTORY);
	file = make("f");
	CHECK(folder >= 0 && file >= 0);
	REFUSED(syscall(SYS_fcntl, file, NOTIFY, CREATE), ENOTDIR);
	CHECK(syscall(SYS_fcntl, file, NOTIFY, 0) == 0);

	number = SIGIO;
	CHECK(signal(SIGIO, SIG_DFL) != SIG_ERR);
	{
		const uint64_t mask = 1UL << (SIGIO - 1) | 1UL << (40 - 1);

		CHECK(raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&mask, 0, sizeof(mask), 0, 0) == 0);
	}
	CHECK(notify(CREATE | MANY) == 0 && close(make("d/a")) == 0 && signals() == 1 && told.si_code == 0x80);
	CHECK(notify(0) == 0 && unlink("d/a") == 0 && signals() == 0);

	number = 40;
	CHECK(syscall(SYS_fcntl, folder, 10 /* F_SETSIG */, 40) == 0);
	kinds();
	once();
	owners();
	CHECK(close(file) == 0 && unlink("f") == 0 && close(folder) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "d", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
