/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locks-keep-others-out - a range that one process has locked is EAGAIN for another, F_GETLK says
 * who has it, F_SETLKW waits, and closing the file gives it up; flock is each opening's own.
 */
#include "files.h"

static int fd;

static struct flock range(short type, long start, long length)
{
	struct flock lock = { 0 };

	lock.l_type = type;
	lock.l_start = start;
	lock.l_len = length;
	return lock;
}

static void look(void)
{
	struct flock lock = range(F_WRLCK, 5, 10);

	REFUSED(fcntl(fd, F_SETLK, &lock), EAGAIN);
	CHECK(fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type == F_WRLCK && lock.l_start == 0 && lock.l_len == 10);
	CHECK(lock.l_pid == getppid());
	lock = range(F_WRLCK, 10, 10);
	CHECK(fcntl(fd, F_SETLK, &lock) == 0);
}

static void wait_for_it(void)
{
	struct flock lock = range(F_WRLCK, 0, 1);

	CHECK(fcntl(fd, F_SETLKW, &lock) == 0);
}

int main(void)
{
	struct flock lock = range(F_WRLCK, 0, 10);
	int other, status;
	pid_t child;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	other = open("file", O_RDWR);
	CHECK(fcntl(fd, F_SETLK, &lock) == 0);
	CHECK(exited_with(status_of(look), 0));
	child = fork();
	if (child == 0) {
		wait_for_it();
		_exit(0);
	}
	sleep_ms(30);
	CHECK(waitpid(child, &status, WNOHANG) == 0);
	close(other);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));

	/* The same, owned by an opening, whoever uses it. */
	lock = range(F_WRLCK, 0, 10);
	other = open("file", O_RDWR);
	CHECK(fcntl(fd, F_OFD_SETLK, &lock) == 0 && fcntl(fd, F_OFD_SETLK, &lock) == 0);
	REFUSED(fcntl(other, F_OFD_SETLK, &lock), EAGAIN);
	REFUSED(fcntl(fd, F_SETLK, &lock), EAGAIN);
	CHECK(fcntl(other, F_OFD_GETLK, &lock) == 0 && lock.l_type == F_WRLCK && lock.l_pid == -1);
	REFUSED(fcntl(other, F_OFD_GETLK, &lock), EINVAL);
	lock = range(F_UNLCK, 0, 0);
	CHECK(fcntl(fd, F_OFD_SETLK, &lock) == 0);
	lock = range(F_WRLCK, 0, 10);
	CHECK(fcntl(other, F_OFD_SETLKW, &lock) == 0);
	close(other);
	CHECK(fcntl(fd, F_OFD_SETLK, &lock) == 0);
	lock = range(F_UNLCK, 0, 0);
	CHECK(fcntl(fd, F_OFD_SETLK, &lock) == 0);

	other = open("file", O_RDWR);
	CHECK(syscall(SYS_flock, fd, LOCK_EX) == 0);
	REFUSED(syscall(SYS_flock, other, LOCK_SH | LOCK_NB), EAGAIN);
	CHECK(syscall(SYS_flock, fd, LOCK_SH) == 0 && syscall(SYS_flock, other, LOCK_SH | LOCK_NB) == 0);
	close(fd);
	CHECK(syscall(SYS_flock, other, LOCK_EX | LOCK_NB) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	leave_folder();
	return 0;
}
