/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eventfd-counts - writing adds, reading takes all or, as a semaphore, one; a full
 * counter and an empty one wait.
 */
#include "files.h"

int main(void)
{
	uint64_t n = 0;
	int fd = (int)syscall(SYS_eventfd2, 3, EFD_NONBLOCK);

	CHECK(fd >= 0);
	CHECK(read(fd, &n, 8) == 8 && n == 3);
	REFUSED(read(fd, &n, 8), EAGAIN);
	REFUSED(read(fd, &n, 7), EINVAL);
	n = UINT64_MAX;
	REFUSED(write(fd, &n, 8), EINVAL);
	n = UINT64_MAX - 1;
	CHECK(write(fd, &n, 8) == 8);
	CHECK(is_ready(fd, POLLIN | POLLOUT) == POLLIN);
	n = 1;
	REFUSED(write(fd, &n, 8), EAGAIN);
	fd = (int)syscall(SYS_eventfd2, 2, EFD_NONBLOCK | EFD_SEMAPHORE);
	CHECK(read(fd, &n, 8) == 8 && n == 1 && read(fd, &n, 8) == 8 && n == 1);
	REFUSED(read(fd, &n, 8), EAGAIN);

	fd = (int)syscall(SYS_eventfd2, 0, 0);
	if (fork() == 0) {
		sleep_ms(20);
		n = 7;
		_exit(write(fd, &n, 8) == 8 ? 0 : 1);
	}
	CHECK(read(fd, &n, 8) == 8 && n == 7);
	return 0;
}
