/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-passes-over-a-thread-that-ended - the first thread of a process, with a filter of its own,
 * has ended and is not collected yet: the others may synchronise all the same.
 */
#include "guest.h"

static struct thread other;
static volatile int has_own;
static int leader;

static int is_zombie(void)
{
	char path[32], text[256];
	const char *state;
	long fd, n;

	snprintf(path, sizeof(path), "/proc/%d/stat", leader);
	fd = raw(SYS_openat, AT_FDCWD, (long)path, O_RDONLY, 0, 0, 0);
	n = raw(SYS_read, fd, (long)text, sizeof(text) - 1, 0, 0, 0);
	raw1(SYS_close, fd);
	if (n <= 0)
		raw1(SYS_exit_group, 3);
	text[n] = 0;
	state = strrchr(text, ')');
	return state != NULL && state[2] == 'Z';
}

static int body(void *unused)
{
	(void)unused;
	if (INSTALL_RAW(0, ON(SYS_getppid, ERRNO(5))) != 0)
		raw1(SYS_exit_group, 4);
	has_own = 1;
	while (!is_zombie())
		raw0(SYS_sched_yield);
	if (INSTALL_RAW(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(5))) != 0)
		raw1(SYS_exit_group, 5);
	raw1(SYS_exit_group, raw0(SYS_getppid) == -5 ? 0 : 6);
	return 0;
}

static void process(void)
{
	leader = getpid();
	thread_start(&other, body, NULL);
	UNTIL(has_own);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(7))) == 0);
	raw1(SYS_exit, 0);
}

int main(void)
{
	set_no_new_privs();
	CHECK(exited_with(status_of(process), 0));
	return 0;
}
