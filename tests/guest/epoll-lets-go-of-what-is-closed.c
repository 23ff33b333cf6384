/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-lets-go-of-what-is-closed - the last descriptor of what a sleeper in epoll_wait watches is
 * closed: the file is closed at once, and the sleeper sleeps on. So it is when the wait is poll's
 * on the epoll file, and when one epoll file watches another.
 */
#include "files.h"

static struct thread thread;
static int inner, outer, wake[2];
static volatile int result;

static void watch(int epoll, int fd)
{
	struct epoll_event event = { .events = POLLIN };

	CHECK(syscall(SYS_epoll_ctl, epoll, EPOLL_CTL_ADD, fd, &event) == 0);
}

static int wait_inner(void *unused)
{
	struct epoll_event event;

	(void)unused;
	result = (int)raw(SYS_epoll_pwait, inner, (long)&event, 1, -1, 0, 0);
	return 0;
}

static int wait_outer(void *unused)
{
	struct epoll_event event;

	(void)unused;
	result = (int)raw(SYS_epoll_pwait, outer, (long)&event, 1, -1, 0, 0);
	return 0;
}

static int poll_inner(void *unused)
{
	struct pollfd p = { inner, POLLIN, 0 };

	(void)unused;
	result = (int)raw(SYS_ppoll, (long)&p, 1, 0, 0, 0, 0);
	return 0;
}

static void hangs_up(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };

	CHECK(poll(&p, 1, 5000) == 1 && p.revents == POLLHUP);
}

static void try(int (*sleeper)(void *), int forget_first)
{
	int p[2];

	CHECK(pipe2(p, 0) == 0 && pipe2(wake, 0) == 0);
	inner = (int)syscall(SYS_epoll_create1, 0);
	outer = (int)syscall(SYS_epoll_create1, 0);
	CHECK(inner >= 0 && outer >= 0);
	watch(outer, inner);
	watch(inner, p[1]);
	watch(inner, wake[0]);
	result = 77;
	thread_start(&thread, sleeper, NULL);
	until_asleep(thread.tid);
	if (forget_first)
		CHECK(syscall(SYS_epoll_ctl, inner, EPOLL_CTL_DEL, p[1], NULL) == 0);
	CHECK(close(p[1]) == 0);
	hangs_up(p[0]);
	until_asleep(thread.tid);
	CHECK(result == 77);
	CHECK(write(wake[1], "x", 1) == 1);
	thread_join(&thread);
	CHECK(result == 1);
	CHECK(close(outer) == 0 && close(inner) == 0 && close(p[0]) == 0 && close(wake[0]) == 0 && close(wake[1]) == 0);
}

/*
 * An epoll file that is closed while another waits on it through a third: what it
 * watched has nobody who watches.
 */
static void inner_goes(void)
{
	int p[2];

	CHECK(pipe2(p, 0) == 0 && pipe2(wake, 0) == 0);
	inner = (int)syscall(SYS_epoll_create1, 0);
	outer = (int)syscall(SYS_epoll_create1, 0);
	CHECK(inner >= 0 && outer >= 0);
	watch(inner, p[0]);
	watch(outer, inner);
	watch(outer, wake[0]);
	result = 77;
	thread_start(&thread, wait_outer, NULL);
	until_asleep(thread.tid);
	CHECK(close(inner) == 0);
	CHECK(write(p[1], "x", 1) == 1);
	until_asleep(thread.tid);
	CHECK(result == 77 && write(wake[1], "x", 1) == 1);
	thread_join(&thread);
	CHECK(result == 1);
}

int main(void)
{
	for (int forget_first = 0; forget_first < 2; forget_first++) {
		try(wait_inner, forget_first);
		try(wait_outer, forget_first);
		try(poll_inner, forget_first);
	}
	inner_goes();
	return 0;
}
