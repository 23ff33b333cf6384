/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * killed-as-it-comes-to-main - before main, in a child, a thread binds all others by TSYNC while
 * the first one comes to main, where it may have to wait for that (start.t runs this program with a
 * filter that is installed at main); then SIGKILL ends the process. It ends by that.
 */
#include "syncing.h"

static struct thread killer, syncer;
static volatile int started, go;
static struct timespec until; /* when the first thread goes to main, and then the killer wakes */
static pid_t child;

static void sleep_until_then(void)
{
	raw(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, (long)&until, 0, 0, 0);
}

static int kill_all(void *unused)
{
	(void)unused;
	come_first();
	while (!go)
		pause_for(20000);
	sleep_until_then();
	pause_for(20000);
	raw(SYS_kill, raw0(SYS_getpid), SIGKILL, 0, 0, 0, 0);
	return 0;
}

static int sync_until_killed(void *unused)
{
	(void)unused;
	start_sleepers(SOME / 2);
	started = 1;
	for (int i = 0;; i++)
		(void)sync_all(FIRST + i % 100);
	return 0;
}

/* What the child does before main. */
static void come(long delay)
{
	set_no_new_privs();
	thread_start(&killer, kill_all, NULL);
	thread_start(&syncer, sync_until_killed, NULL);
	come_first();
	while (!started)
		pause_for(20000);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &until) == 0);
	until.tv_nsec += delay;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	go = 1;
	sleep_until_then();
}

__attribute__((constructor)) static void fork_before_main(void)
{
	for (long delay = 100000; delay < 700000; delay += 190000) {
		child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			come(delay);
			return;
		}
		CHECK(killed_by(end_of(child), SIGKILL));
	}
}

int main(void)
{
	if (child == 0)
		raw(SYS_futex, (long)&word, FUTEX_WAIT, 0, 0, 0, 0);
	return 0;
}
