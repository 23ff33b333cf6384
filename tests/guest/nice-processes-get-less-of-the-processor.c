/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nice-processes-get-less-of-the-processor - of two processes that compute on one processor, each
 * has a share by its niceness: a step less is a quarter more.
 */
#include "guest.h"

#define SPAN 400

static volatile unsigned long *spins; /* of two processes */

static pid_t compute_as(int me, int nice)
{
	const pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid != 0)
		return pid;
	CHECK(syscall(SYS_setpriority, 0, 0, nice) == 0);
	for (;;) {
		compute();
		spins[me]++;
	}
}

/* What PID has computed, in ns. */
static long time_of(pid_t pid)
{
	struct timespec t;

	CHECK(clock_gettime((clockid_t)(~(unsigned)pid << 3 | 2), &t) == 0); /* [CPUCLOCK_SCHED] */
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

/*
 * While a process with niceness LESS and one with MORE compute for SPAN ms together, the first has
 * LEAST to MOST hundredths of the other's time.
 */
static void compare(int less, int more, long least, long most)
{
	const pid_t a = compute_as(0, less), b = compute_as(1, more);
	long from[2], did[2];

	sleep_ms(40);
	from[0] = time_of(a);
	from[1] = time_of(b);
	do {
		sleep_ms(10);
		did[0] = time_of(a) - from[0];
		did[1] = time_of(b) - from[1];
	} while (did[0] + did[1] < SPAN * 1000000L);
	if (did[0] * 100 < least * did[1] || did[0] * 100 > most * did[1])
		printf("niceness %d: %ld ns, %d: %ld ns\n", less, did[0], more, did[1]);
	CHECK(did[0] * 100 >= least * did[1] && did[0] * 100 <= most * did[1]);
	CHECK(kill(a, SIGKILL) == 0 && kill(b, SIGKILL) == 0);
	CHECK(waitpid(a, NULL, 0) == a && waitpid(b, NULL, 0) == b);
}

/* Two real-time tasks of the same priority take turns, whatever their niceness. */
static void take_turns(void)
{
	const pid_t a = compute_as(0, 5), b = compute_as(1, 5);

	for (int waited = 0; waited < 10000; waited += 40) {
		sleep_ms(40);
		if (spins[0] != 0 && spins[1] != 0)
			break;
	}
	CHECK(spins[0] > 20 && spins[1] > 20);
	CHECK(kill(a, SIGKILL) == 0 && kill(b, SIGKILL) == 0);
	CHECK(waitpid(a, NULL, 0) == a && waitpid(b, NULL, 0) == b);
}

int main(void)
{
	const unsigned long first = 1;
	const int priority = 1;

	spins = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(spins != MAP_FAILED && syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0);
	compare(0, 0, 90, 111);
	compare(0, 1, 112, 140);   /* 1.25 */
	compare(0, 5, 270, 340);   /* 3.05 */
	compare(10, 19, 600, 900); /* 7.45 */
	if (syscall(SYS_setpriority, 0, 0, -5) == 0) {
		CHECK(syscall(SYS_setpriority, 0, 0, 0) == 0);
		compare(-5, 0, 260, 360); /* 3.05 */
	}
	spins[0] = spins[1] = 0;
	if (syscall(SYS_setpriority, 0, 0, 7) == 0 && syscall(SYS_sched_setscheduler, 0, 2, &priority) == 0)
		take_turns();
	return 0;
}
