/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * set-id-bits-go-when-others-write - a program that somebody without root's rights writes
 * to, or cuts off, is no longer started as its owner; and a set-group-id bit for a group
 * that one is not in cannot be set.
 */
#include "files.h"

static unsigned mode_of(int fd)
{
	struct stat s;

	CHECK(fstat(fd, &s) == 0);
	return s.st_mode & 07777;
}

static void write_as_another(void)
{
	int fd;

	drop_privileges();
	fd = open("program", O_RDWR);
	CHECK(fd >= 0 && mode_of(fd) == 06777);
	CHECK(write(fd, "x", 1) == 1 && mode_of(fd) == 0777);
	fd = open("mine", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0 && syscall(SYS_fchmod, fd, 06770) == 0 && mode_of(fd) == 06770);
	CHECK(syscall(SYS_ftruncate, fd, 10L) == 0 && mode_of(fd) == 0770);
	fd = open("foreign", O_RDONLY);
	CHECK(fd >= 0 && syscall(SYS_fchmod, fd, 02770) == 0 && mode_of(fd) == 0770);
}

static void make(const char *name, unsigned mode, unsigned uid, unsigned gid)
{
	const int fd = open(name, O_CREAT | O_RDWR, 0600);

	CHECK(fd >= 0 && syscall(SYS_fchown, fd, uid, gid) == 0 && syscall(SYS_fchmod, fd, mode) == 0);
	CHECK(write(fd, "root", 4) == 4 && mode_of(fd) == mode && close(fd) == 0);
}

int main(void)
{
	static const char *const names[] = { "program", "mine", "foreign" };

	enter_new_folder();
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, ".", 0777) == 0);
	make("program", 06777, 0, 0);
	make("foreign", 0600, 65534, 3000);
	CHECK(exited_with(status_of(write_as_another), 0));
	for (size_t i = 0; i < COUNT_OF(names); i++)
		CHECK(unlink(names[i]) == 0);
	leave_folder();
	return 0;
}
