/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-orphaned-group-is-not-stopped-by-the-terminal - SIGTSTP stops a process whose parent could
 * continue it; in an orphaned process group it does nothing; a group that becomes orphaned while
 * stopped gets SIGHUP and SIGCONT.
 */
#include "guest.h"

static volatile int *shared;

static void noted(int number)
{
	shared[number]++;
}

/* In a group of its own; stops itself, and says what came behind it. */
static void stopper(void)
{
	CHECK(setpgid(0, 0) == 0);
	signal(SIGHUP, noted);
	signal(SIGCONT, noted);
	shared[0] = getpid();
	raise(SIGTSTP);
	shared[0] = -1;
}

/* In a session of its own, so that who adopts an orphan is in another one. */
static void orphans(void)
{
	int status;
	pid_t child;

	CHECK(setsid() == getpid());
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);

	/* The parent is in another group of the session: it stops. */
	child = fork();
	if (child == 0) {
		stopper();
		_exit(0);
	}
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP);
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	CHECK(shared[SIGCONT] == 1 && shared[SIGHUP] == 0);

	/* A session of its own: its group is orphaned from the beginning. */
	child = fork();
	if (child == 0) {
		CHECK(setsid() > 0);
		raise(SIGTSTP);
		_exit(7);
	}
	CHECK(waitpid(child, &status, WUNTRACED) == child && exited_with(status, 7));

	/* Its parent ends while it is stopped. */
	shared[SIGCONT] = 0;
	child = fork();
	if (child == 0) {
		const pid_t grandchild = fork();

		if (grandchild == 0) {
			stopper();
			_exit(0);
		}
		CHECK(waitpid(grandchild, &status, WUNTRACED) == grandchild && WIFSTOPPED(status));
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	for (int i = 0; i < 500 && shared[0] != -1; i++)
		sleep_ms(2);
	CHECK(shared[0] == -1 && shared[SIGHUP] == 1 && shared[SIGCONT] == 1);
}

int main(void)
{
	CHECK(status_of(orphans) == 0);
	return 0;
}
