/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * real-time-tasks-run-first - a task of SCHED_FIFO that becomes ready runs at once before all
 * with a lower priority, and SCHED_IDLE behind all others; one that never stops
 * still leaves others some time.
 */
#include "guest.h"

#include <sched.h>
#include <string.h>
#include <sys/mman.h>

static struct {
	volatile int count;
	volatile char order[16];
	volatile unsigned long spins;
	volatile int stop;
} * shared;

static void set(int policy, int priority)
{
	CHECK(syscall(SYS_sched_setscheduler, 0, policy, &priority) == 0);
}

static void note(char who)
{
	shared->order[shared->count++] = who;
}

/* A child of POLICY that waits for a byte from the pipe FDS, and then notes WHO. */
static pid_t waiter(int policy, int priority, char who, int fds[2])
{
	pid_t child;
	char c;

	CHECK(syscall(SYS_pipe2, fds, 0) == 0);
	child = fork();
	if (child != 0)
		return child;
	set(policy, priority);
	CHECK(read(fds[0], &c, 1) == 1);
	note(who);
	_exit(0);
}

static void by_priority(void)
{
	int idle[2], normal[2], low[2], high[2];
	pid_t child[4];

	child[0] = waiter(5, 0, 'i', idle);
	child[1] = waiter(0, 0, 'n', normal);
	child[2] = waiter(1, 5, 'l', low);
	child[3] = waiter(1, 60, 'h', high);
	sleep_ms(50);
	set(1, 50);
	CHECK(write(idle[1], "", 1) == 1 && write(normal[1], "", 1) == 1 && write(low[1], "", 1) == 1);
	note('1');
	CHECK(write(high[1], "", 1) == 1);
	note('2');
	for (int n = 0; n < 4; n++)
		CHECK(waitpid(child[n], NULL, 0) == child[n]);
	set(0, 0);
	CHECK(strcmp((const char *)shared->order, "1h2lni") == 0);
}

/* [sched_rt_runtime_us] */
static void others_get_some_time(void)
{
	const pid_t child = fork();

	if (child == 0) {
		set(1, 1);
		while (!shared->stop)
			shared->spins++;
		_exit(0);
	}
	while (shared->spins == 0)
		sleep_ms(1);
	shared->stop = 1; /* by a task that has no priority */
	CHECK(waitpid(child, NULL, 0) == child);
}

int main(void)
{
	unsigned long first = 1;

	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0);
	shared = (void *)syscall(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK((long)shared > 0);
	by_priority();
	others_get_some_time();
	return 0;
}
