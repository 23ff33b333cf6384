/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-waits-for-a-timespec - epoll_pwait2: as epoll_pwait, with a time in
 * nanoseconds, whose refusals come first.
 */
#include "files.h"

static long wait2(int fd, struct epoll_event *events, int n, const struct timespec *timeout)
{
	return syscall(SYS_epoll_pwait2, fd, events, n, timeout, NULL, 8);
}

int main(void)
{
	const struct timespec none = { 0, 0 }, some = { 0, 20000000 }, bad = { 0, 1000000000 }, negative = { -1, 0 };
	struct epoll_event event = { .events = POLLIN }, got[2];
	struct timespec before, after;
	const int fd = (int)syscall(SYS_epoll_create1, 0);
	int p[2];

	CHECK(fd >= 0 && pipe(p) == 0 && syscall(SYS_epoll_ctl, fd, 1, p[0], &event) == 0);
	CHECK(wait2(fd, got, 2, &none) == 0);
	clock_gettime(CLOCK_MONOTONIC, &before);
	CHECK(wait2(fd, got, 2, &some) == 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 20000000);
	CHECK(write(p[1], "x", 1) == 1 && wait2(fd, got, 2, NULL) == 1 && got[0].events == POLLIN);
	REFUSED(wait2(-1, got, 0, (void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(wait2(-1, got, 0, &bad), EINVAL);
	REFUSED(wait2(-1, got, 1, &negative), EINVAL);
	REFUSED(wait2(-1, got, 1, &none), EBADF);
	REFUSED(wait2(fd, got, 0, &none), EINVAL);
	REFUSED(wait2(p[0], got, 1, &none), EINVAL);
	return 0;
}
