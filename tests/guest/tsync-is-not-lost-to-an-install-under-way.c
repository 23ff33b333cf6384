/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-is-not-lost-to-an-install-under-way - while a thread installs a large filter, another gives
 * all threads one of its own by TSYNC: if it is told that it did, the first is bound by both. Where
 * both want a listener, one gets it.
 */
#include "siblings.h"

#define LENGTH 1500

static volatile int begun, told;
static unsigned flags, sync_flags; /* of the large filter; of the other thread's */
static volatile long synced;
static long delay; /* the other thread wakes after so many nanoseconds: in some rounds, while the filter is installed */

static int sync_all(void *unused)
{
	(void)unused;
	come_first();
	begun = 1;
	pause_for(delay);
	synced = INSTALL_RAW(sync_flags, ON(SYS_getppid, ERRNO(5)));
	told = 1;
	return 0;
}

/* Compares the number with many that there are not. */
static long install_large(void)
{
	static struct sock_filter filter[LENGTH];
	const struct sock_fprog program = { LENGTH, filter };
	unsigned n = 0;

	filter[n++] = (struct sock_filter)LOAD_NR;
	while (n < LENGTH - 3) {
		filter[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 600 + n, 0, 0);
		n++;
	}
	filter[n++] = (struct sock_filter)SKIP_UNLESS(SYS_getpgid, 1);
	filter[n++] = (struct sock_filter)RETURN(ERRNO(6));
	filter[n++] = (struct sock_filter)ALLOW;
	return raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, (long)&program, 0, 0, 0);
}

/* What the large filter's install gave. */
static long race_with(unsigned large, unsigned others)
{
	static struct thread other;
	long result;

	flags = large;
	sync_flags = others;
	thread_start(&other, sync_all, NULL);
	while (!begun)
		raw0(SYS_sched_yield);
	result = install_large();
	while (!told)
		raw0(SYS_sched_yield);
	thread_join(&other);
	return result;
}

static void race(void)
{
	CHECK(race_with(0, SECCOMP_FILTER_FLAG_TSYNC) == 0);
	CHECK(raw0(SYS_getpgid) == -6);
	if (synced == 0)
		CHECK(raw0(SYS_getppid) == -5);
	else
		CHECK(synced == getpid() && raw0(SYS_getppid) > 0);
}

static void race_for_the_listener(void)
{
	const long result = race_with(SECCOMP_FILTER_FLAG_NEW_LISTENER, SECCOMP_FILTER_FLAG_TSYNC |
										SECCOMP_FILTER_FLAG_TSYNC_ESRCH |
										SECCOMP_FILTER_FLAG_NEW_LISTENER);

	CHECK(result >= 0 ? synced == -ESRCH : result == -EBUSY && synced >= 0);
}

int main(void)
{
	set_no_new_privs();
	for (delay = 0; delay < 1500000; delay += 75000)
		CHECK(exited_with(status_of(race), 0) && exited_with(status_of(race_for_the_listener), 0));
	return 0;
}
