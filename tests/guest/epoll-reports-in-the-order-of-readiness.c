/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-reports-in-the-order-of-readiness - what became ready first is reported first; levels that
 * were reported go behind the others; what is changed, removed or closed while it is ready is
 * reported as it is now, or not at all; of several who wait, each event wakes one; an epoll file
 * that is watched tells its own edges.
 */
#include "files.h"

#define MANY 300

static int ep, fd[MANY];

#ifdef __riscv
#define DATA data
#else
#define DATA data.u64 /* of Linux's own headers */
#endif

static long control(int on, int operation, int i, uint32_t events)
{
	struct epoll_event event = { 0 };

	event.events = events;
	event.DATA = (uint64_t)i;
	return syscall(SYS_epoll_ctl, on, operation, fd[i], &event);
}

static void add(int i)
{
	const uint64_t one = 1;

	CHECK(write(fd[i], &one, sizeof(one)) == sizeof(one));
}

/* EXPECTED are reported, in this order, when MAX are asked for. */
static void reports(int from, int max, int n, const int *expected)
{
	struct epoll_event e[16];

	CHECK(syscall(SYS_epoll_pwait, from, e, max, 0, NULL, 8L) == n);
	for (int i = 0; i < n; i++)
		CHECK(e[i].DATA == (uint64_t)expected[i]);
}
#define REPORTS(from, max, ...) reports(from, max, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int), (int[]){ __VA_ARGS__ })
#define NOTHING(from) reports(from, 16, 0, NULL)

static void order(void)
{
	for (int i = 0; i < MANY; i++)
		CHECK(control(ep, EPOLL_CTL_ADD, i, POLLIN) == 0);
	NOTHING(ep);
	add(200);
	add(7);
	add(250);
	add(7);
	REPORTS(ep, 16, 200, 7, 250);
	REPORTS(ep, 1, 200);
	REPORTS(ep, 2, 7, 250);
	REPORTS(ep, 2, 200, 7);
	REPORTS(ep, 16, 250, 200, 7);
}

/* What is ready when it is changed. */
static void changes(void)
{
	uint64_t count;

	CHECK(control(ep, EPOLL_CTL_DEL, 250, 0) == 0);
	REPORTS(ep, 16, 200, 7);
	CHECK(control(ep, EPOLL_CTL_ADD, 250, POLLIN | EPOLLET) == 0);
	REPORTS(ep, 16, 200, 7, 250);
	REPORTS(ep, 16, 200, 7);
	CHECK(control(ep, EPOLL_CTL_MOD, 250, POLLIN | EPOLLET) == 0);
	REPORTS(ep, 16, 200, 7, 250);
	CHECK(control(ep, EPOLL_CTL_MOD, 7, POLLERR) == 0);
	REPORTS(ep, 16, 200);
	CHECK(control(ep, EPOLL_CTL_MOD, 7, POLLIN | EPOLLONESHOT) == 0);
	REPORTS(ep, 16, 200, 7);
	add(7);
	REPORTS(ep, 16, 200);
	CHECK(control(ep, EPOLL_CTL_MOD, 7, POLLIN) == 0);
	REPORTS(ep, 16, 200, 7);
	/* It is not ready any more, and then it is. */
	CHECK(read(fd[200], &count, sizeof(count)) == sizeof(count));
	REPORTS(ep, 16, 7);
	add(200);
	REPORTS(ep, 16, 7, 200);
	/* An edge, and gone before anybody looks; and two that are one. */
	add(250);
	CHECK(read(fd[250], &count, sizeof(count)) == sizeof(count));
	REPORTS(ep, 16, 7, 200);
	add(250);
	add(250);
	REPORTS(ep, 16, 7, 200, 250);
	REPORTS(ep, 16, 7, 200);
}

/*
 * A descriptor more keeps the opening, and so the watch, which has the number that it was added
 * with.
 */
static void closing(void)
{
	const int more = dup(fd[7]);

	CHECK(more >= 0 && close(fd[7]) == 0);
	REPORTS(ep, 16, 7, 200);
	CHECK(close(more) == 0);
	REPORTS(ep, 16, 200);
	fd[7] = (int)syscall(SYS_eventfd2, 0, 0);
	CHECK(fd[7] >= 0 && control(ep, EPOLL_CTL_ADD, 7, POLLIN) == 0);
	REPORTS(ep, 16, 200);
}

/* Two openings of one thing are two watches; one opening by two numbers, too. */
static void twice(void)
{
	struct epoll_event event = { 0 };
	const int again = dup(fd[200]);

	event.events = POLLIN;
	event.DATA = 1000;
	CHECK(again >= 0);
	REFUSED(syscall(SYS_epoll_ctl, ep, EPOLL_CTL_MOD, again, &event), ENOENT);
	CHECK(syscall(SYS_epoll_ctl, ep, EPOLL_CTL_ADD, again, &event) == 0);
	REPORTS(ep, 16, 200, 1000);
	CHECK(control(ep, EPOLL_CTL_DEL, 200, 0) == 0);
	REPORTS(ep, 16, 1000);
	CHECK(close(again) == 0);
	REPORTS(ep, 16, 1000); /* the opening is there */
	CHECK(control(ep, EPOLL_CTL_ADD, 200, POLLIN) == 0);
	REPORTS(ep, 16, 1000, 200);
}

static void nested(void)
{
	const int outer = (int)syscall(SYS_epoll_create1, 0);
	struct epoll_event event = { 0 };

	event.events = POLLIN | EPOLLET;
	event.DATA = 77;
	CHECK(outer >= 0 && syscall(SYS_epoll_ctl, outer, EPOLL_CTL_ADD, ep, &event) == 0);
	REPORTS(outer, 16, 77);
	NOTHING(outer);
	add(3);
	CHECK(is_ready(outer, POLLIN) == POLLIN);
	REPORTS(outer, 16, 77);
	NOTHING(outer);
	CHECK(close(outer) == 0);
}

/* Two children wait; each of two events, by edge, is for one of them. */
static void one_each(void)
{
	struct epoll_event e;
	int status, own = (int)syscall(SYS_epoll_create1, 0);
	const int first = (int)syscall(SYS_eventfd2, 0, 0), second = (int)syscall(SYS_eventfd2, 0, 0);
	const uint64_t one = 1;

	memset(&e, 0, sizeof(e));
	e.events = POLLIN | EPOLLET;
	CHECK(syscall(SYS_epoll_ctl, own, EPOLL_CTL_ADD, first, &e) == 0);
	CHECK(syscall(SYS_epoll_ctl, own, EPOLL_CTL_ADD, second, &e) == 0);
	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			_exit(syscall(SYS_epoll_pwait, own, &e, 1, 5000, NULL, 8L) == 1 ? 0 : 1);
	sleep_ms(100);
	CHECK(write(first, &one, sizeof(one)) == sizeof(one) && write(second, &one, sizeof(one)) == sizeof(one));
	for (int i = 0; i < 2; i++)
		CHECK(waitpid(-1, &status, 0) > 0 && status == 0);
}

int main(void)
{
	ep = (int)syscall(SYS_epoll_create1, 0);
	CHECK(ep >= 0);
	for (int i = 0; i < MANY; i++) {
		fd[i] = (int)syscall(SYS_eventfd2, 0, 0);
		CHECK(fd[i] >= 0);
	}
	order();
	changes();
	closing();
	twice();
	nested();
	one_each();
	return 0;
}
