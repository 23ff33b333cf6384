/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grow.c - what calls cost that look for one thing among n: in an epoll file, a directory, an
 * address space, among sleepers, timers and descriptors. As bench.c, which see, it runs on
 * Portcullis and on Linux.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>

#define SOME 500 /* operations that are measured, of which each finds things as the one before left them */

static uint64_t begun;

static void begin(void)
{
	begun = now();
}

static uint64_t each(unsigned times)
{
	return (now() - begun + times / 2) / times;
}

static void must(int ok)
{
	if (!ok)
		exit(1);
}

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

/* ---- mappings ---- */

#define PAGE 4096UL

/* N mappings of four pages that differ from their neighbours. */
static char *map_many(unsigned n)
{
	char *base = mmap(NULL, n * 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	must(base != MAP_FAILED);
	for (unsigned i = 0; i < n; i++)
		must(mprotect(base + i * 4 * PAGE, 4 * PAGE, i % 2 != 0 ? PROT_READ : PROT_READ | PROT_WRITE) == 0);
	return base;
}

static unsigned at_random(unsigned i, unsigned n)
{
	return (unsigned)(i * 2654435761UL % n);
}

/* Reading, each time from a page that was not there. */
static uint64_t fault(unsigned n)
{
	volatile char *base = map_many(n);
	const unsigned times = n < 250 ? 2 * n : SOME;

	for (unsigned i = 0; i < n; i++)
		(void)base[i * 4 * PAGE]; /* the tables are there */
	begin();
	for (unsigned i = 0; i < times; i++)
		(void)base[(at_random(i / 2, n < 250 ? n : SOME) * 4 + 1 + i % 2) * PAGE];
	return each(times);
}

/* What neither splits nor merges. */
static uint64_t protect(unsigned n)
{
	char *base = map_many(n);

	begin();
	for (unsigned i = 0; i < SOME; i++)
		(void)mprotect(base + (at_random(i, n) & ~1U) * 4 * PAGE, 4 * PAGE,
			       i % 2 != 0 ? PROT_READ | PROT_WRITE : PROT_NONE);
	return each(SOME);
}

/* The second page of four becomes another mapping, and is part of the first again. */
static uint64_t split(unsigned n)
{
	char *base = map_many(n);

	begin();
	for (unsigned i = 0; i < SOME; i++) {
		(void)mprotect(base + ((at_random(i, n) & ~1U) * 4 + 1) * PAGE, PAGE, PROT_NONE);
		(void)mprotect(base + ((at_random(i, n) & ~1U) * 4 + 1) * PAGE, PAGE, PROT_READ | PROT_WRITE);
	}
	return each(SOME) / 2;
}

static uint64_t unmap(unsigned n)
{
	char *base = map_many(n);
	const unsigned times = n / 2 < SOME ? n / 2 : SOME;

	begin();
	for (unsigned i = 0; i < times; i++)
		(void)munmap(base + i * 8 * PAGE, 4 * PAGE);
	return each(times);
}

/* ---- sleepers and timers ---- */

static uint32_t words[10000 * 16], nobody;
static char *stacks;

static int sleep_on_word(void *word)
{
	return (int)syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

/* Wakes who is not there, while N threads sleep on words of their own. */
static uint64_t futex_wake(unsigned n)
{
	stacks = mmap(NULL, n * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (unsigned i = 0; i < n; i++)
		must(clone(sleep_on_word, stacks + (i + 1) * PAGE,
			   CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, &words[16 * i]) > 0);
	for (int i = 0; i < 10; i++)
		sched_yield();
	begin();
	for (int i = 0; i < FEW; i++)
		(void)call6(SYS_futex, (long)&nobody, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
	return each(FEW);
}

static uint64_t timer_set(unsigned n)
{
	timer_t id, one = NULL;
	struct itimerspec s = { .it_value = { .tv_sec = 1000 } };

	for (unsigned i = 0; i < n; i++) {
		struct sigevent e = { .sigev_notify = SIGEV_NONE };

		must(timer_create(CLOCK_MONOTONIC, &e, &id) == 0);
		s.it_value.tv_nsec = (long)(i * 2654435761UL % 1000000000);
		must(timer_settime(id, 0, &s, NULL) == 0);
		if (i == n / 2)
			one = id;
	}
	begin();
	for (unsigned i = 0; i < SOME; i++) {
		s.it_value.tv_nsec = (long)(i * 40503UL % 1000000000);
		(void)timer_settime(one, 0, &s, NULL);
	}
	return each(SOME);
}

static uint64_t timerfd_set(unsigned n)
{
	struct itimerspec s = { .it_value = { .tv_sec = 1000 } };
	int fd = -1, one = -1;

	for (unsigned i = 0; i < n; i++) {
		fd = timerfd_create(CLOCK_MONOTONIC, 0);
		s.it_value.tv_nsec = (long)(i * 2654435761UL % 1000000000);
		must(fd >= 0 && timerfd_settime(fd, 0, &s, NULL) == 0);
		if (i == n / 2)
			one = fd;
	}
	begin();
	for (unsigned i = 0; i < SOME; i++) {
		s.it_value.tv_nsec = (long)(i * 40503UL % 1000000000);
		(void)timerfd_settime(one, 0, &s, NULL);
	}
	return each(SOME);
}

static uint64_t fork_with(unsigned n)
{
	const int fd = eventfd(0, 0);

	for (unsigned i = 4; i < n; i++)
		must(dup(fd) >= 0);
	begin();
	for (int i = 0; i < 10; i++) {
		const pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
	return each(10);
}

static void row(const char *what, unsigned many, uint64_t (*measure)(unsigned n))
{
	char text[64];

	snprintf(text, sizeof(text), "%s, %u", what, many);
	CASE(text, , measure(many))
}

int main(void)
{
	const struct rlimit files = { 20000, 20000 };
	static const struct {
		const char *what;
		uint64_t (*measure)(unsigned n);
		unsigned most;
		int names; /* it leaves names, which are not measured */
	} rows[] = {
		{ "epoll_wait, one ready", epoll_one_ready, 10000, 0 },
		{ "epoll_wait, sleep and wake", epoll_sleep_and_wake, 10000, 0 },
		{ "epoll_ctl ADD, DEL, each", epoll_add, 10000, 0 },
		{ "stat of the last name", stat_last, 10000, 1 },
		{ "create, open, close, each", create, 10000, 1 },
		{ "stat of a missing name", stat_missing, 10000, 1 },
		{ "page fault, mappings", fault, 10000, 0 },
		{ "mprotect, mappings", protect, 10000, 0 },
		{ "munmap, mappings", unmap, 10000, 0 },
		{ "split by mprotect, mappings", split, 10000, 0 },
		{ "futex wake, asleep elsewhere", futex_wake, 1000, 0 },
		{ "timer_settime, timers", timer_set, 10000, 0 },
		{ "timerfd_settime, timers", timerfd_set, 10000, 0 },
		{ "fork+exit+wait, descriptors", fork_with, 10000, 0 },
	};

	(void)setrlimit(RLIMIT_NOFILE, &files);
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (unsigned n = 10; n <= rows[i].most; n *= 10) {
			row(rows[i].what, n, rows[i].measure);
			if (rows[i].names)
				remove_all(n);
		}
	}
	return 0;
}
