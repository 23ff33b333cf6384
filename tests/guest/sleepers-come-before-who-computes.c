/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleepers-come-before-who-computes - beside a thousand processes of another user that compute, or
 * two hundred of the same: who sleeps a millisecond is back in a few, a supervisor answers a call
 * within 20, and a parent ends them all.
 */
#include "notify.h"

#define PROCESSES 1000
#define FEW 200
#define ANSWERS 10

static int to_asker[2], to_me[2];

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void sleeps_are_short(const char *beside)
{
	for (int i = 0; i < 5; i++) {
		const double before = milliseconds();

		sleep_ms(1);
		if (milliseconds() - before > 10) {
			dprintf(2, "%s: 1 ms took %d\n", beside, (int)(milliseconds() - before));
			_exit(1);
		}
	}
}

/* Processes of user UID that compute, in a group of their own: its id. */
static pid_t start(uid_t uid, int processes)
{
	pid_t group = 0;

	for (int i = 0; i < processes; i++) {
		const pid_t pid = fork();

		CHECK(pid >= 0);
		if (pid == 0) {
			CHECK(syscall(SYS_setuid, uid) == 0);
			for (;;)
				compute();
		}
		if (group == 0)
			group = pid;
		CHECK(syscall(SYS_setpgid, pid, group) == 0);
	}
	return group;
}

static void end(pid_t group, int processes)
{
	CHECK(kill(-group, SIGKILL) == 0);
	for (int i = 0; i < processes; i++)
		CHECK(waitpid(-group, NULL, 0) > 0);
}

/* In a child of user 1000: how long it takes until its calls are answered. */
static void ask(void)
{
	const char fd = (char)listen_for(SYS_getpgid, 0);
	char go;

	CHECK(write(to_me[1], &fd, 1) == 1 && syscall(SYS_setuid, 1000) == 0);
	CHECK(read(to_asker[0], &go, 1) == 1);
	for (int i = 0; i < ANSWERS; i++) {
		const double before = milliseconds();

		CHECK(syscall(SYS_getpgid, 0) == 7);
		if (milliseconds() - before > 20) {
			dprintf(2, "an answer took %d ms\n", (int)(milliseconds() - before));
			_exit(1);
		}
	}
	_exit(0);
}

int main(void)
{
	int status;
	pid_t group, asker;
	char listener;

	CHECK(pipe2(to_me, 0) == 0 && pipe2(to_asker, 0) == 0);
	asker = (pid_t)raw(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0, 0);
	CHECK(asker >= 0);
	if (asker == 0)
		ask();
	CHECK(read(to_me[0], &listener, 1) == 1);

	group = start(1000, PROCESSES);
	sleeps_are_short("another user's");
	CHECK(write(to_asker[1], "x", 1) == 1);
	for (int i = 0; i < ANSWERS; i++)
		CHECK(answer(listener, receive(listener).id, 0, 7, 0) == 0);
	CHECK(waitpid(asker, &status, 0) == asker && exited_with(status, 0));
	end(group, PROCESSES);

	group = start(0, FEW);
	sleeps_are_short("the same user's");
	end(group, FEW);
	return 0;
}
