/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timer-ids-count-per-process - the ids of timer_create begin with 0 in every process, and are
 * counted up also where a timer could not be made; a fork begins anew, a thread does not.
 */
#include "guest.h"

/* As the kernel has it: value, signal, how, and room for more. */
struct event {
	long value;
	int number, notify, thread, room[11];
};

/* A timer on CLOCK_MONOTONIC with the usual signal: its id. */
static int create(void)
{
	int id = -1;

	CHECK(raw(SYS_timer_create, 1, 0, (long)&id, 0, 0, 0) == 0);
	return id;
}

static void begins_anew(void)
{
	CHECK(create() == 0 && create() == 1);
}

static int goes_on(void *argument)
{
	*(volatile int *)argument = create();
	return 0;
}

int main(void)
{
	static struct thread thread;
	struct event bad = { .number = 99 };
	volatile int of_thread = -1;
	int id;

	CHECK(create() == 0 && create() == 1);
	REFUSED(syscall(SYS_timer_create, 1, &bad, &id), EINVAL);
	CHECK(create() == 3);
	REFUSED(syscall(SYS_timer_create, 77, NULL, &id), EINVAL); /* there is no such clock: not counted */
	REFUSED(syscall(SYS_timer_create, 1, NULL, KERNEL_ADDRESS), EFAULT);
	CHECK(syscall(SYS_timer_delete, 1) == 0);
	CHECK(create() == 5);
	CHECK(status_of(begins_anew) == 0);
	thread_start(&thread, goes_on, (void *)(uintptr_t)&of_thread);
	thread_join(&thread);
	CHECK(of_thread == 6);
	return 0;
}
