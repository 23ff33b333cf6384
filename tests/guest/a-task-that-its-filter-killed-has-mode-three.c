/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-task-that-its-filter-killed-has-mode-three - who waits to be collected after a filter, or mode
 * strict, has killed it is in a mode of its own, in which no call is made any more.
 */
#include "files.h"

static void killed_by_filter(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0(SYS_getppid);
}

static void killed_by_mode_strict(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw0(SYS_getppid);
}

static void ended_under_a_filter(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
}

/* The mode that /proc tells of a child that has run body and is not collected yet. */
static int mode_after(void (*body)(void))
{
	const pid_t child = child_of(body);
	siginfo_t info;
	int mode;

	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	mode = seccomp_mode_of(child);
	(void)end_of(child);
	return mode;
}

int main(void)
{
	set_no_new_privs();
	CHECK(mode_after(ended_under_a_filter) == 2);
	CHECK(mode_after(killed_by_filter) == 3);
	CHECK(mode_after(killed_by_mode_strict) == 3);
	return 0;
}
