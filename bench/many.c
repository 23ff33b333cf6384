/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many.c - as grow.c: one thing among n mappings, sleepers, timers.
 */
#include "grow.h"

#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/timerfd.h>

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
#define STACK 512U /* bytes: a fork copies no page for each thread */

static int sleep_on_word(void *word)
{
	return (int)syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

/* N threads that sleep on words of their own. */
static void sleep_many(unsigned n)
{
	stacks = mmap(NULL, n * STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (unsigned i = 0; i < n; i++)
		must(clone(sleep_on_word, stacks + (i + 1) * STACK,
			   CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, &words[16 * i]) > 0);
	for (int i = 0; i < 10; i++)
		sched_yield();
}

/* Wakes who is not there. */
static uint64_t futex_wake(unsigned n)
{
	sleep_many(n);
	begin();
	for (int i = 0; i < FEW; i++)
		(void)call6(SYS_futex, (long)&nobody, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
	return each(FEW);
}

/* By a user who has N other threads, and a limit. */
static uint64_t fork_among(unsigned n)
{
	must(setuid(1000) == 0);
	sleep_many(n);
	return each_fork();
}

/* Timer I, or one as an open file, is set to a time of its own. */
static int set_timer(long call, long timer, unsigned i)
{
	const struct itimerspec s = { .it_value = { 1000, (long)(i * 2654435761UL % 1000000000) } };

	return (int)call6(call, timer, 0, (long)&s, 0, 0, 0);
}

/* One of N is set again and again: those are made by MAKE. */
static uint64_t set_one(unsigned n, long call, long (*make)(void))
{
	long one = -1;

	for (unsigned i = 0; i < n; i++) {
		const long timer = make();

		must(timer >= 0 && set_timer(call, timer, i) == 0);
		one = i == n / 2 ? timer : one;
	}
	begin();
	for (unsigned i = 0; i < SOME; i++)
		(void)set_timer(call, one, n + i);
	return each(SOME);
}

static long make_timer(void)
{
	struct sigevent e = { .sigev_notify = SIGEV_NONE };
	int id = -1;

	return call6(SYS_timer_create, CLOCK_MONOTONIC, (long)&e, (long)&id, 0, 0, 0) == 0 ? id : -1;
}

static long make_timerfd(void)
{
	return timerfd_create(CLOCK_MONOTONIC, 0);
}

static uint64_t timer_set(unsigned n)
{
	return set_one(n, SYS_timer_settime, make_timer);
}

static uint64_t timerfd_set(unsigned n)
{
	return set_one(n, SYS_timerfd_settime, make_timerfd);
}

int main(void)
{
	const struct rlimit files = { 20000, 20000 }, signals = { 20000, 20000 }; /* a timer has one ready */
	static const struct grow_row rows[] = {
		{ "page fault, mappings", fault, 10000, NULL },
		{ "mprotect, mappings", protect, 10000, NULL },
		{ "munmap, mappings", unmap, 10000, NULL },
		{ "split by mprotect, mappings", split, 10000, NULL },
		{ "futex wake, asleep elsewhere", futex_wake, 1000, NULL },
		{ "fork+exit+wait, a user's threads", fork_among, 1000, NULL },
		{ "timer_settime, timers", timer_set, 10000, NULL },
		{ "timerfd_settime, timers", timerfd_set, 10000, NULL },
	};

	(void)setrlimit(RLIMIT_NOFILE, &files);
	(void)setrlimit(RLIMIT_SIGPENDING, &signals);
	run_rows(rows, COUNT(rows));
	return 0;
}
