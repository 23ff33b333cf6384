/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locks-in-a-circle-are-edeadlk - two processes that each hold a part of a file and wait for the
 * other's: the second one is told so, and when it lets go the first gets its lock.
 */
#include "files.h"

static int fd;

static int lock(int cmd, short type, off_t at)
{
	const struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1 };

	return fcntl(fd, cmd, &l);
}

int main(void)
{
	int ready[2], status;
	pid_t child;
	char byte;

	enter_new_folder();
	CHECK(pipe2(ready, 0) == 0);
	fd = open("file", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0 && unlink("file") == 0);
	CHECK(lock(F_SETLK, F_WRLCK, 0) == 0);
	child = fork();
	if (child == 0) {
		CHECK(lock(F_SETLK, F_WRLCK, 1) == 0);
		REFUSED(lock(F_SETLK, F_RDLCK, 0), EAGAIN);
		CHECK(write(ready[1], "x", 1) == 1);
		CHECK(lock(F_SETLKW, F_WRLCK, 0) == 0);
		_exit(5);
	}
	CHECK(read(ready[0], &byte, 1) == 1);
	sleep_ms(50); /* it waits for us */
	REFUSED(lock(F_SETLKW, F_WRLCK, 1), EDEADLK);
	CHECK(lock(F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock(F_SETLKW, F_WRLCK, 1) == 0); /* it has gone */
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 5));
	leave_folder();
	return 0;
}
