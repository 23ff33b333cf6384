/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-sleep-at-the-end-of-a-turn-leaves-others-theirs - of three processes on one processor one goes
 * to sleep just when its time slice ends: the two others, which compute and never wait, still take
 * turns.
 */
#include "guest.h"

#define ROUNDS 16
#define TURN 10000000L /* ns; elsewhere slices may be others, and the claim is easier to keep */
#define SPREAD 40000L  /* ns: how far from the end of a slice it goes to sleep */
#define MORE 65537     /* bytes: a pipe has no room for them, and the writer works for a while before it sleeps */
#define PATIENCE 3000000000L

static struct {
	volatile unsigned long spins[2];
	volatile unsigned long from[2]; /* their values when the sleeper went to sleep */
	volatile int asleep;
} * shared;
static char bytes[MORE];

static long now(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

/* Computes, and wakes the sleeper by reading from FD when both have computed since it slept. */
static _Noreturn void compute_beside(int me, int fd)
{
	unsigned long seen = 0;
	long since = now();

	for (;;) {
		for (int i = 0; i < 50; i++)
			compute();
		shared->spins[me]++;
		if (shared->spins[!me] != seen) {
			seen = shared->spins[!me];
			since = now();
		}
		if (shared->asleep && now() - since > PATIENCE) {
			dprintf(2, "one of two has computed alone for %ld ns\n", now() - since);
			kill(getppid(), SIGKILL);
		}
		if (shared->asleep && shared->spins[0] != shared->from[0] && shared->spins[1] != shared->from[1]) {
			shared->asleep = 0;
			for (long n = 0, taken = 0; taken < MORE; taken += n)
				CHECK((n = read(fd, bytes, (size_t)(MORE - taken))) > 0);
		}
	}
}

/* Spins until another has run in between: the time at which a slice of the caller's began. */
static long slice_began(void)
{
	long before = now(), after;

	while ((after = now()) - before < 1000000) {
		before = after;
		compute();
	}
	return after;
}

int main(void)
{
	const unsigned long first = 1;
	pid_t child[2];
	int ends[2];

	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0 && pipe2(ends, O_CLOEXEC) == 0);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	for (int i = 0; i < 2; i++) {
		child[i] = fork();
		CHECK(child[i] >= 0);
		if (child[i] == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0)
			compute_beside(i, ends[0]);
	}
	for (long i = 0; i < ROUNDS; i++) {
		const long until = slice_began() + TURN - SPREAD + i * SPREAD / ROUNDS;

		while (now() < until - 50000)
			compute();
		while (now() < until)
			;
		for (int n = 0; n < 2; n++)
			shared->from[n] = shared->spins[n];
		shared->asleep = 1;
		CHECK(write(ends[1], bytes, MORE) == MORE);
	}
	for (int n = 0; n < 2; n++)
		CHECK(kill(child[n], SIGKILL) == 0 && waitpid(child[n], NULL, 0) == child[n]);
	return 0;
}
