/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grow.c - what calls cost that look for one thing among n: in an epoll file, a directory, a
 * table of descriptors. As bench.c, which see, it runs on Portcullis and on Linux.
 */
#include "grow.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* ---- epoll ---- */

static int watch(int ep, int fd)
{
	struct epoll_event e = { .events = EPOLLIN, .data = { .fd = fd } };

	return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
}

/* An epoll file that watches N counters, of which none is ready; *ONE is in the middle. */
static int watch_many(unsigned n, int *one)
{
	const int ep = epoll_create1(0);

	for (unsigned i = 0; i < n; i++) {
		const int fd = eventfd(0, 0);

		must(fd >= 0 && watch(ep, fd) == 0);
		if (i == n / 2)
			*one = fd;
	}
	return ep;
}

static uint64_t epoll_one_ready(unsigned n)
{
	struct epoll_event e[4];
	int one = -1;
	const int ep = watch_many(n, &one);

	must(eventfd_write(one, 1) == 0 && epoll_wait(ep, e, 4, 0) == 1);
	begin();
	for (int i = 0; i < SOME; i++)
		(void)epoll_wait(ep, e, 4, 0);
	return each(SOME);
}

/* Another process writes to one of N, which this one sleeps on, and reads an answer. */
static uint64_t epoll_sleep_and_wake(unsigned n)
{
	struct epoll_event e[4];
	int one = -1;
	const int ep = watch_many(n, &one), answer = eventfd(0, 0);
	uint64_t took, count;
	const pid_t pid = fork();

	if (pid == 0) {
		for (;;) {
			must(epoll_wait(ep, e, 4, -1) == 1);
			must(eventfd_read(one, &count) == 0 && eventfd_write(answer, 1) == 0);
		}
	}
	must(eventfd_write(one, 1) == 0 && eventfd_read(answer, &count) == 0);
	begin();
	for (int i = 0; i < SOME; i++) {
		(void)eventfd_write(one, 1);
		(void)eventfd_read(answer, &count);
	}
	took = each(SOME);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return took;
}

/* What is added and taken away again is there already. */
static uint64_t epoll_add(unsigned n)
{
	int one = -1;
	const int ep = watch_many(n, &one), more = eventfd(0, 0);

	must(watch(ep, more) == 0 && epoll_ctl(ep, EPOLL_CTL_DEL, more, NULL) == 0);
	begin();
	for (int i = 0; i < SOME; i++) {
		(void)watch(ep, more);
		(void)epoll_ctl(ep, EPOLL_CTL_DEL, more, NULL);
	}
	return each(SOME) / 2;
}

/* ---- directories ---- */

static char name[32];

static uint64_t create(unsigned n)
{
	must(mkdir("/tmp/d", 0700) == 0 && chdir("/tmp/d") == 0);
	begin();
	for (unsigned i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
	return each(n);
}

static uint64_t stat_of(const char *file)
{
	struct stat st;

	begin();
	for (int i = 0; i < SOME; i++)
		(void)stat(file, &st);
	return each(SOME);
}

static uint64_t stat_last(unsigned n)
{
	(void)create(n);
	return stat_of(name);
}

static uint64_t stat_missing(unsigned n)
{
	(void)create(n);
	return stat_of("f");
}

static void remove_all(unsigned n)
{
	must(chdir("/tmp/d") == 0);
	for (unsigned i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		unlink(name);
	}
	must(rmdir("/tmp/d") == 0 && chdir("/") == 0);
}

/* ---- descriptors ---- */

static uint64_t fork_with(unsigned n)
{
	const int fd = eventfd(0, 0);

	for (unsigned i = 4; i < n; i++)
		must(dup(fd) >= 0);
	return each_fork();
}

int main(void)
{
	const struct rlimit files = { 20000, 20000 };
	static const struct grow_row rows[] = {
		{ "epoll_wait, one ready", epoll_one_ready, 10000, NULL },
		{ "epoll_wait, sleep and wake", epoll_sleep_and_wake, 10000, NULL },
		{ "epoll_ctl ADD, DEL, each", epoll_add, 10000, NULL },
		{ "stat of the last name", stat_last, 10000, remove_all },
		{ "create, open, close, each", create, 10000, remove_all },
		{ "stat of a missing name", stat_missing, 10000, remove_all },
		{ "fork+exit+wait, descriptors", fork_with, 10000, NULL },
	};

	(void)setrlimit(RLIMIT_NOFILE, &files);
	run_rows(rows, COUNT(rows));
	return 0;
}
