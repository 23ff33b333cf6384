/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock-first-in-the-way-is-told - F_GETLK answers with the lock that begins first, whatever the
 * order in which they were set; locks that touch are one.
 */
#include "files.h"

static int fd;

static void set(short type, long start, long len)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len };

	CHECK(fcntl(fd, F_SETLK, &l) == 0);
}

/* What another process is told. */
static void told(short type, long from, short wanted, long start, long len)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = from, .l_len = 0 };
	const pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(fcntl(fd, F_GETLK, &l) == 0 && l.l_type == wanted);
		CHECK(wanted == F_UNLCK || (l.l_start == start && l.l_len == len && l.l_pid == getppid()));
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
}

int main(void)
{
	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	set(F_WRLCK, 24, 6);
	set(F_RDLCK, 11, 4);
	set(F_WRLCK, 20, 2);
	set(F_WRLCK, 5, 6);
	told(F_WRLCK, 0, F_WRLCK, 5, 6);
	told(F_WRLCK, 11, F_RDLCK, 11, 4);
	told(F_RDLCK, 11, F_WRLCK, 20, 2);
	told(F_WRLCK, 22, F_WRLCK, 24, 6);
	/* Side by side, and over each other. */
	set(F_WRLCK, 22, 2);
	told(F_WRLCK, 15, F_WRLCK, 20, 10);
	set(F_WRLCK, 9, 12);
	told(F_WRLCK, 0, F_WRLCK, 5, 25);
	/* A piece of another kind in the midst; then none. */
	set(F_RDLCK, 10, 5);
	told(F_WRLCK, 0, F_WRLCK, 5, 5);
	told(F_WRLCK, 12, F_RDLCK, 10, 5);
	told(F_RDLCK, 12, F_WRLCK, 15, 15);
	set(F_UNLCK, 7, 10);
	told(F_WRLCK, 0, F_WRLCK, 5, 2);
	told(F_WRLCK, 7, F_WRLCK, 17, 13);
	set(F_WRLCK, 50, 0);
	set(F_WRLCK, 40, 20);
	told(F_WRLCK, 35, F_WRLCK, 40, 0);
	set(F_UNLCK, 0, 0);
	told(F_WRLCK, 0, F_UNLCK, 0, 0);
	leave_folder();
	return 0;
}
