/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-requeue-onto-itself-ends - a word may be named twice: each that waits on it
 * is counted once, and waits on.
 */
#include "guest.h"

#define THREADS 3

static struct thread threads[THREADS];
static volatile int word, done;

static int waiter(void *unused)
{
	(void)unused;
	if (raw(SYS_futex, (long)&word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, 0, 0, 0) == 0)
		__atomic_fetch_add(&done, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static long move(int wakes, int moves)
{
	return raw(SYS_futex, (long)&word, FUTEX_REQUEUE | FUTEX_PRIVATE_FLAG, wakes, moves, (long)&word, 0);
}

int main(void)
{
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], waiter, NULL);
	for (int i = 0; i < THREADS; i++)
		until_asleep(threads[i].tid);
	CHECK(move(0, INT32_MAX) == THREADS);
	CHECK(move(0, 2) == 2);
	CHECK(done == 0);
	CHECK(move(1, INT32_MAX) == THREADS);
	UNTIL(done == 1);
	CHECK(raw(SYS_futex, (long)&word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 9, 0, 0, 0) == THREADS - 1);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	return 0;
}
