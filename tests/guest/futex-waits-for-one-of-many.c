/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-waits-for-one-of-many - futex_waitv: which word's waker ended the sleep, values that are
 * not as they should be, time-outs on both clocks, signals, and every refusal.
 */
#include "files.h"

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif
#define SIZE_32 2
#define PRIVATE 128

struct waiter {
	uint64_t value;
	volatile uint32_t *word;
	uint32_t flags, reserved;
};

static volatile uint32_t words[3];
static volatile uint32_t woken_by;

static long wait_for(struct waiter *w, unsigned n, const struct timespec *until, int clock)
{
	const long result = syscall(SYS_futex_waitv, w, n, 0, until, clock);

	return result == -1 ? -errno : result;
}

static void fill(struct waiter *w, uint32_t flags)
{
	for (int i = 0; i < 3; i++)
		w[i] = (struct waiter){ words[i], &words[i], flags, 0 };
}

static int waker(void *argument)
{
	const long which = (long)argument;

	while (raw(SYS_futex, (long)&words[which], FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0, 0, 0) != 1)
		raw0(SYS_sched_yield);
	woken_by = (uint32_t)which;
	return 0;
}

static void handler(int sig)
{
	(void)sig;
}

static struct timespec in_ms(int clock, long ms)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_nsec += ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static void refusals(struct waiter *w)
{
	const struct timespec bad = { 0, 1000000000 };

	CHECK(syscall(SYS_futex_waitv, w, 3, 1, NULL, 0) == -1 && errno == EINVAL);
	CHECK(wait_for(w, 0, NULL, 1) == -EINVAL && wait_for(w, 129, NULL, 1) == -EINVAL &&
	      wait_for(NULL, 1, NULL, 1) == -EINVAL);
	CHECK(wait_for(w, 3, &bad, 1) == -EINVAL && wait_for(w, 3, &bad, 7) == -EINVAL);
	CHECK(wait_for(w, 3, (void *)KERNEL_ADDRESS, 1) == -EFAULT &&
	      wait_for((void *)KERNEL_ADDRESS, 3, NULL, 1) == -EFAULT);
	w[1].flags = PRIVATE;
	CHECK(wait_for(w, 3, NULL, 1) == -EINVAL);
	w[1].flags = SIZE_32 | 64;
	CHECK(wait_for(w, 3, NULL, 1) == -EINVAL);
	w[1].flags = SIZE_32 | PRIVATE;
	w[1].reserved = 1;
	CHECK(wait_for(w, 3, NULL, 1) == -EINVAL);
	w[1].reserved = 0;
	w[1].word = (void *)((char *)&words[1] + 1);
	CHECK(wait_for(w, 3, NULL, 1) == -EINVAL);
	w[1].word = (void *)KERNEL_ADDRESS;
	CHECK(wait_for(w, 3, NULL, 1) == -EFAULT);
}

int main(void)
{
	static struct thread thread;
	struct waiter w[3];
	struct timespec until;

	for (long which = 0; which < 3; which++) {
		fill(w, SIZE_32 | PRIVATE);
		thread_start(&thread, waker, (void *)which);
		CHECK(wait_for(w, 3, NULL, 1) == which);
		thread_join(&thread);
		CHECK(woken_by == (uint32_t)which);
	}
	/* Nobody sleeps any more, nor did the others stay behind. */
	CHECK(raw(SYS_futex, (long)&words[0], FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 9, 0, 0, 0) == 0);
	fill(w, SIZE_32);
	w[2].value = 5;
	CHECK(wait_for(w, 3, NULL, 1) == -EAGAIN);
	fill(w, SIZE_32);
	until = in_ms(CLOCK_MONOTONIC, 20);
	CHECK(wait_for(w, 3, &until, CLOCK_MONOTONIC) == -ETIMEDOUT);
	until = in_ms(CLOCK_REALTIME, 20);
	CHECK(wait_for(w, 3, &until, CLOCK_REALTIME) == -ETIMEDOUT);
	until = (struct timespec){ 0, 1 };
	CHECK(wait_for(w, 3, &until, CLOCK_REALTIME) == -ETIMEDOUT);
	fill(w, SIZE_32 | PRIVATE);
	refusals(w);
	/* A handler without SA_RESTART. */
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0 && alarm(1) == 0);
	fill(w, SIZE_32);
	CHECK(wait_for(w, 3, NULL, 1) == -EINTR);
	return 0;
}
