/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * users-share-evenly-whatever-was-before - two users' processes that compute on one processor both
 * go on, and so does a third who sleeps: also when a real-time task has used much of it before the
 * second one began, and when one of them has slept while the other computed.
 */
#include "guest.h"

#define FIFO 1

static volatile unsigned long *spins;

static long milliseconds(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A child of user UID that sleeps for MS and then computes, counting in spins[WHICH]. */
static pid_t start(uid_t uid, int which, long ms)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child != 0)
		return child;
	CHECK(syscall(SYS_setuid, uid) == 0);
	sleep_ms(ms);
	for (;;) {
		compute();
		spins[which]++;
	}
}

/* A real-time task computes for MS, and its parent hears of its end soon. */
static void real_time_for(long ms)
{
	const long began = milliseconds();
	const pid_t child = fork();
	const int priority = 1;
	struct timespec used;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(syscall(SYS_sched_setscheduler, 0, FIFO, &priority) == 0);
		do {
			compute();
			CHECK(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0);
		} while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < ms);
		_exit(0);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(milliseconds() - began < ms + ms / 2 + 20);
}

/* Ends both. */
static void both_compute(const char *when, const pid_t child[2])
{
	const long began = milliseconds();
	unsigned long before[2], done[2];
	long took;

	sleep_ms(20);
	for (int i = 0; i < 2; i++)
		before[i] = spins[i];
	sleep_ms(100);
	took = milliseconds() - began;
	for (int i = 0; i < 2; i++)
		done[i] = spins[i] - before[i];
	for (int i = 0; i < 2; i++)
		CHECK(kill(child[i], SIGKILL) == 0 && waitpid(child[i], NULL, 0) == child[i]);
	if (took > 250 || done[0] < (done[0] + done[1]) / 5 || done[1] < (done[0] + done[1]) / 5 ||
	    done[0] + done[1] == 0) {
		dprintf(2, "%s: %lu and %lu in %ld ms\n", when, done[0], done[1], took);
		_exit(1);
	}
}

int main(void)
{
	const unsigned long first = 1;
	pid_t child[2];

	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0);
	spins = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(spins != MAP_FAILED);

	child[0] = start(1000, 0, 0);
	real_time_for(500);
	child[1] = start(1001, 1, 0);
	both_compute("after a real-time task", child);

	child[0] = start(1002, 0, 0);
	child[1] = start(1003, 1, 400);
	sleep_ms(420);
	both_compute("after a sleep", child);
	return 0;
}
