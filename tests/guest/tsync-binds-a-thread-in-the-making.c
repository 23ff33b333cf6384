/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-binds-a-thread-in-the-making - a thread starts another one with a mount namespace of its
 * own, and the copy of that takes a while. Meanwhile another thread installs a filter for all: the
 * new one has it, too.
 */
#include "files.h"

#include <abi/mount.h>

#ifdef __riscv
#define MOUNTS 900
#else
#define MOUNTS 90 /* elsewhere it only has to work */
#endif
#define ROUNDS 12

static char stack[8192] __attribute__((aligned(16)));
static volatile int begun, started, synced;
static volatile long result = 1;

static int look(void *unused)
{
	(void)unused;
	while (!synced)
		pause_for(50000);
	result = raw0(SYS_getppid);
	raw1(SYS_exit, 0);
	return 0;
}

static int start_it(void *unused)
{
	const int flags = CLONE_VM | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_NEWNS;
	const struct sched_param none = { 0 };

	(void)unused;
	raw(SYS_sched_setscheduler, 0, SCHED_OTHER, (long)&none, 0, 0, 0);
	begun = 1;
	started = clone(look, stack + sizeof(stack), flags, NULL) > 0 ? 1 : -1;
	return 0;
}

static long delay;

static void sync_all(void)
{
	static struct thread starter;

	thread_start(&starter, start_it, NULL);
	while (!begun)
		pause_for(20000);
	pause_for(delay); /* the caller runs as soon as it wakes, if it may */
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(50))) == 0);
	synced = 1;
	while (result == 1) {
		CHECK(started >= 0);
		pause_for(50000);
	}
	CHECK(result == -50);
}

static void have_mounts(void)
{
	come_first();
	drop_privileges();
	CHECK(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNS) == 0);
	/* Below this one there are none of the machine's, which a bind alone must not uncover. */
	CHECK(syscall(SYS_mount, "none", "/tmp", "tmpfs", 0L, NULL) == 0);
	for (int n = 0; n < MOUNTS; n++)
		CHECK(syscall(SYS_mount, "/tmp", "/tmp", NULL, MS_BIND, NULL) == 0);
	set_no_new_privs();
}

int main(void)
{
	have_mounts();
	for (int i = 0; i < ROUNDS; i++) {
		delay = 150000L * i;
		CHECK(exited_with(status_of(sync_all), 0));
	}
	return 0;
}
