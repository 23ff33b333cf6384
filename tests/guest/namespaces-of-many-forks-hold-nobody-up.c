/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespaces-of-many-forks-hold-nobody-up - a user without rights makes name spaces of pids, each
 * in the one before, and many processes, one after the other, that have a number in each: numbers
 * are told right, and a call that makes or names a process takes no longer for it.
 */
#include "files.h"

#define LEVELS 30
#define FORKS 4200

static pid_t in_child(void)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	return child;
}

static void wait_for(pid_t child)
{
	int status;

	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
}

static void fork_many(void)
{
	pid_t last = 0;

	for (int i = 0; i < FORKS; i++) {
		const pid_t child = in_child();

		if (child == 0)
			_exit(getpid() > 1 && getppid() == 1 ? 0 : 1);
		CHECK(child > last || last > 30000);
		last = child;
		REFUSED(kill(last + 1, 0), ESRCH);
		wait_for(child);
		REFUSED(kill(child, 0), ESRCH);
	}
	CHECK(getpid() == 1);
}

static void enter(int level)
{
	pid_t child;

	if (level == LEVELS) {
		fork_many();
		return;
	}
	CHECK(syscall(SYS_unshare, CLONE_NEWPID) == 0);
	child = in_child();
	if (child == 0) {
		CHECK(getpid() == 1);
		enter(level + 1);
		_exit(0);
	}
	wait_for(child);
}

int main(void)
{
	drop_privileges();
	CHECK(syscall(SYS_unshare, CLONE_NEWUSER) == 0);
	enter(0);
	return 0;
}
