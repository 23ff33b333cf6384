/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-misses-no-thread - thousands of threads get a filter by TSYNC; others of the process are
 * started meanwhile, start processes, end, or do the same. Once the call has returned 0, none is
 * without the filter.
 */
#include "syncing.h"

#ifdef __riscv
#define THREADS 7000
#else
#define THREADS 700 /* elsewhere it only has to work */
#endif

static void all_sleep(void)
{
	start_sleepers(THREADS);
	sleep_ms(50);
	for (int i = 1; i <= 3; i++) {
		CHECK(sync_all(FIRST + i) == 0);
		first = i;
	}
	wake_sleepers(THREADS);
}

/* --- some that start others, and end -------------------------------------------------- */

#define LINKS 8

static struct chain {
	struct thread links[LINKS];
	int last;
} chains[3];
static volatile int over;

/* Each starts the next one, and ends. */
static int next_of(void *argument)
{
	struct chain *c = argument;

	look();
	pause_for(20000);
	if (!over) {
		struct thread *t = &c->links[c->last = (c->last + 1) % LINKS];

		thread_join(t);
		thread_start(t, next_of, c);
	}
	look();
	return 0;
}

static int sync_too(void *unused)
{
	(void)unused;
	for (int i = 1; i <= ROUNDS; i++) {
		if (sync_all(SECOND + i) != 0)
			raw1(SYS_exit_group, 4);
		second = i;
		pause_for(50000);
	}
	return 0;
}

static int fork_often(void *unused)
{
	(void)unused;
	while (!over) {
		const long child = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
		int status = -1;

		if (child == 0) {
			look();
			raw1(SYS_exit_group, 0);
		}
		raw(SYS_wait4, child, (long)&status, 0, 0, 0, 0);
		if (status != 0)
			raw1(SYS_exit_group, 5);
	}
	return 0;
}

static void others_come_and_go(void)
{
	static struct thread syncer, forker;

	start_sleepers(SOME);
	thread_start(&syncer, sync_too, NULL);
	thread_start(&forker, fork_often, NULL);
	for (unsigned i = 0; i < COUNT_OF(chains); i++)
		thread_start(&chains[i].links[0], next_of, &chains[i]);
	for (int i = 1; i <= ROUNDS; i++) {
		CHECK(sync_all(FIRST + i) == 0);
		first = i;
		look();
		pause_for(70000);
	}
	over = 1;
	thread_join(&syncer);
	thread_join(&forker);
	wake_sleepers(SOME);
}

int main(void)
{
	static const struct body all[] = {
		{ "sleep", all_sleep },
		{ "come and go", others_come_and_go },
	};

	set_no_new_privs();
	return run_rows(all, COUNT_OF(all));
}
