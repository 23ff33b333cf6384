/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit-flood-does-not-starve-others - processes of a user whose every call is logged: who sleeps a
 * millisecond, of another user, is back in a few, gets its share of the processor, and
 * ends them all.
 */
#include "guest.h"

#define PROCESSES 20

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void flood(void)
{
	set_no_new_privs();
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(1))) == 0);
	for (;;)
		(void)raw0(SYS_getppid);
}

/* How long the same work takes. */
static double work(void)
{
	const double before = milliseconds();

	for (int i = 0; i < 1000; i++)
		compute();
	return milliseconds() - before;
}

int main(void)
{
	const double alone = work();
	pid_t group = 0;

	for (int i = 0; i < PROCESSES; i++) {
		const pid_t pid = fork();

		CHECK(pid >= 0);
		if (pid == 0) {
			CHECK(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0);
			CHECK(syscall(SYS_setpgid, 0, group) == 0);
			CHECK(syscall(SYS_setgid, 54322) == 0 && syscall(SYS_setuid, 54322) == 0);
			flood();
		}
		if (group == 0)
			group = pid;
		(void)syscall(SYS_setpgid, pid, group);
	}
	sleep_ms(20);
	for (int i = 0; i < 20; i++) {
		const double before = milliseconds();

		sleep_ms(1);
		if (milliseconds() - before > 5)
			dprintf(2, "1 ms took %d\n", (int)(milliseconds() - before));
		CHECK(milliseconds() - before < 5);
	}
	CHECK(work() < 3 * alone + 5);
	CHECK(kill(-group, SIGKILL) == 0);
	for (int i = 0; i < PROCESSES; i++)
		CHECK(wait(NULL) > 0);
	return 0;
}
