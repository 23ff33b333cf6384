/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-wakes-whom-it-names - FUTEX_WAKE wakes as many as asked, WAKE_BITSET those with a bit in
 * common; who waits on a word as private and who waits on it as shared are strangers.
 */
#include "guest.h"

#define THREADS 3

static struct thread threads[THREADS];
static volatile int word, woken[THREADS];
static volatile long ready, results[THREADS];

static const struct {
	int operation;
	unsigned bits;
} waits[THREADS] = {
	{ FUTEX_WAIT_BITSET, 1 },
	{ FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, 2 },
	{ FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, 6 },
};

static int waiter(void *argument)
{
	const long i = (long)argument;

	ready = i + 1;
	results[i] = raw(SYS_futex, (long)&word, waits[i].operation, 0, 0, 0, (long)waits[i].bits);
	woken[i] = 1;
	return 0;
}

static long wake(int operation, int n, unsigned bits)
{
	return raw(SYS_futex, (long)&word, operation, n, 0, 0, (long)bits);
}

static void start(void)
{
	ready = 0;
	for (long i = 0; i < THREADS; i++) {
		woken[i] = 0;
		thread_start(&threads[i], waiter, (void *)i);
		UNTIL(ready > i);
		until_asleep(threads[i].tid);
	}
}

static void join(void)
{
	for (int i = 0; i < THREADS; i++) {
		thread_join(&threads[i]);
		CHECK(results[i] == 0);
	}
}

/* In a shared mapping there must be a page of the file. */
static void behind_the_end(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "short", 0);
	char *at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	CHECK(at != MAP_FAILED && syscall(SYS_ftruncate, fd, 1L) == 0);
	CHECK(raw(SYS_futex, (long)at + 4092, FUTEX_WAKE, 1, 0, 0, 0) == 0);
	CHECK(raw(SYS_futex, (long)at + 4096, FUTEX_WAKE, 1, 0, 0, 0) == -EFAULT);
	CHECK(raw(SYS_futex, (long)at + 4096, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0, 0, 0) == 0);
}

int main(void)
{
	start();
	CHECK(wake(FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, 9, 1) == 0);
	CHECK(wake(FUTEX_WAKE_BITSET, 9, 6) == 0);
	CHECK(wake(FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, 9, 4) == 1);
	UNTIL(woken[2]);
	CHECK(wake(FUTEX_WAKE, 9, 0) == 1);
	UNTIL(woken[0]);
	CHECK(!woken[1]);
	CHECK(wake(FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 9, 0) == 1);
	join();

	/* In the order in which they came, for as many as asked. */
	start();
	CHECK(wake(FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0) == 1);
	UNTIL(woken[1]);
	CHECK(wake(FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0) == 1);
	UNTIL(woken[2]);
	CHECK(wake(FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0) == 0);
	CHECK(wake(FUTEX_WAKE, 1, 0) == 1);
	join();

	CHECK(raw(SYS_futex, (long)&word, FUTEX_WAKE_BITSET, 1, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_futex, (long)&word + 1, FUTEX_WAKE, 1, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_futex, KERNEL_ADDRESS, FUTEX_WAKE, 1, 0, 0, 0) == -EFAULT);
	CHECK(raw(SYS_futex, 8, FUTEX_WAKE, 1, 0, 0, 0) == -EFAULT);
	CHECK(raw(SYS_futex, 8, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0, 0, 0) == 0); /* looks at no memory */
	behind_the_end();
	return 0;
}
