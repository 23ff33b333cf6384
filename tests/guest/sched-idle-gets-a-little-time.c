/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched-idle-gets-a-little-time - a task of SCHED_IDLE goes on, if slowly, beside one that computes
 * for ever on the same processor, and so it can be killed.
 */
#include "guest.h"

#define SECONDS 30

static volatile unsigned long *spins;

/* Computes a little. */
static int is_over(const struct timespec *begin)
{
	struct timespec now;

	for (int i = 0; i < 20; i++)
		compute();
	CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return now.tv_sec - begin->tv_sec > SECONDS;
}

int main(void)
{
	const unsigned long first = 1;
	const int none = 0;
	struct timespec begin;
	pid_t child;

	spins = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(spins != MAP_FAILED && syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0);
	child = fork();
	if (child == 0) {
		CHECK(syscall(SYS_sched_setscheduler, 0, 5, &none) == 0);
		for (;;) {
			compute();
			++*spins;
		}
	}
	sleep_ms(20);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &begin) == 0);
	for (unsigned long seen = *spins; *spins == seen;)
		CHECK(!is_over(&begin));
	CHECK(kill(child, SIGKILL) == 0 && clock_gettime(CLOCK_MONOTONIC, &begin) == 0);
	while (waitpid(child, NULL, WNOHANG) == 0)
		CHECK(!is_over(&begin));
	return 0;
}
