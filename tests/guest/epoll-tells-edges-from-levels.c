/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-tells-edges-from-levels - a level is reported as long as it lasts, an edge once for each
 * time something came, EPOLLONESHOT until it is armed again; closing a file ends its watch.
 */
#include "files.h"

static int epfd, fds[2];

static void control(int operation, uint32_t events)
{
	struct epoll_event event = { 0 };

	event.events = events;
	CHECK(syscall(SYS_epoll_ctl, epfd, operation, fds[0], &event) == 0);
}

static long wait_for(long milliseconds)
{
	struct epoll_event events[4];

	return syscall(SYS_epoll_pwait, epfd, events, 4, milliseconds, NULL, 8L);
}

int main(void)
{
	struct epoll_event event = { 0 };
	char text[8];

	epfd = (int)syscall(SYS_epoll_create1, 0);
	CHECK(epfd >= 0 && pipe2(fds, 0) == 0);
	control(EPOLL_CTL_ADD, POLLIN);
	CHECK(wait_for(0) == 0);
	CHECK(write(fds[1], "a", 1) == 1);
	CHECK(wait_for(-1) == 1 && wait_for(-1) == 1);
	control(EPOLL_CTL_MOD, POLLIN | EPOLLET);
	CHECK(wait_for(0) == 1 && wait_for(0) == 0);
	CHECK(write(fds[1], "b", 1) == 1);
	CHECK(wait_for(0) == 1 && wait_for(0) == 0);
	control(EPOLL_CTL_MOD, POLLIN | EPOLLONESHOT);
	CHECK(wait_for(0) == 1 && wait_for(0) == 0);
	control(EPOLL_CTL_MOD, POLLIN);
	CHECK(is_ready(epfd, POLLIN) == POLLIN);
	CHECK(read(fds[0], text, 8) == 2);
	if (fork() == 0) {
		sleep_ms(20);
		_exit(write(fds[1], "c", 1) == 1 ? 0 : 1);
	}
	CHECK(wait_for(5000) == 1);
	CHECK(waitpid(-1, NULL, 0) > 0);
	REFUSED(syscall(SYS_epoll_ctl, epfd, EPOLL_CTL_ADD, fds[0], &event), EEXIST);
	REFUSED(syscall(SYS_epoll_ctl, epfd, EPOLL_CTL_MOD, fds[1], &event), ENOENT);
	REFUSED(syscall(SYS_epoll_ctl, epfd, EPOLL_CTL_ADD, epfd, &event), EINVAL);
	REFUSED(syscall(SYS_epoll_ctl, epfd, EPOLL_CTL_ADD, 99, &event), EBADF);
	close(fds[0]);
	CHECK(wait_for(0) == 0);
	return 0;
}
