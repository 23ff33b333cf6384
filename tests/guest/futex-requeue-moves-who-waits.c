/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-requeue-moves-who-waits - CMP_REQUEUE wakes some and moves others to a second word, if the
 * first has the value expected; the number of both comes back. REQUEUE asks for no value.
 */
#include "guest.h"

#define THREADS 4

static struct thread threads[THREADS];
static volatile int first = 7, second, third, ready, done;

static int waiter(void *unused)
{
	(void)unused;
	__atomic_fetch_add(&ready, 1, __ATOMIC_SEQ_CST);
	if (raw(SYS_futex, (long)&first, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 7, 0, 0, 0) == 0)
		__atomic_fetch_add(&done, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static long move(int operation, volatile int *from, int wakes, int moves, volatile int *to, int value)
{
	return raw(SYS_futex, (long)from, operation | FUTEX_PRIVATE_FLAG, wakes, moves, (long)to, value);
}

static long wake(volatile int *at, int n)
{
	return raw(SYS_futex, (long)at, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, n, 0, 0, 0);
}

int main(void)
{
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], waiter, NULL);
	UNTIL(ready == THREADS);
	for (int i = 0; i < THREADS; i++)
		until_asleep(threads[i].tid);

	CHECK(move(FUTEX_CMP_REQUEUE, &first, 1, 1, &second, 8) == -EAGAIN);
	CHECK(move(FUTEX_CMP_REQUEUE, &first, -1, 1, &second, 7) == -EINVAL);
	CHECK(move(FUTEX_CMP_REQUEUE, &first, 1, -1, &second, 7) == -EINVAL);
	CHECK(move(FUTEX_CMP_REQUEUE, &first, 1, 2, &second, 7) == 3);
	UNTIL(done == 1);
	CHECK(wake(&first, 9) == 1);
	CHECK(move(FUTEX_REQUEUE, &second, 0, 1, &third, 0) == 1);
	CHECK(wake(&third, 9) == 1);
	UNTIL(done == 3);
	CHECK(wake(&second, 9) == 1);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	CHECK(done == 4);
	return 0;
}
