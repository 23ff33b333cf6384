/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-task-that-its-filter-killed-has-mode-three - who waits to be collected after a filter, or mode
 * strict, has killed it is in a mode of its own, in which no call is made any more.
 */
#include "guest.h"

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
	char path[32], text[4096];
	const char *mode;
	siginfo_t info;
	ssize_t n;
	int fd;
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		body();
		_exit(0);
	}
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	fd = open(path, O_RDONLY);
	n = read(fd, text, sizeof(text) - 1);
	CHECK(n > 0 && close(fd) == 0);
	text[n] = 0;
	mode = strstr(text, "\nSeccomp:\t");
	CHECK(mode != NULL);
	CHECK(waitpid(child, NULL, 0) == child);
	return mode[10] - '0';
}

int main(void)
{
	set_no_new_privs();
	CHECK(mode_after(ended_under_a_filter) == 2);
	CHECK(mode_after(killed_by_filter) == 3);
	CHECK(mode_after(killed_by_mode_strict) == 3);
	return 0;
}
