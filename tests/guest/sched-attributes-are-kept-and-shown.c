/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched-attributes-are-kept-and-shown - sched_setattr, sched_getattr and
 * sched_setscheduler: policies with and without priorities, for root and for others; reset
 * on fork; sizes of the structure.
 */
#include "guest.h"

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t util_min, util_max;
};

#define FIFO 1
#define RR 2
#define BATCH 3
#define RESET_ON_FORK 0x40000000
#define KEEP_POLICY 8
#define KEEP_PARAMS 16

static long set(const struct attr *a)
{
	return syscall(SYS_sched_setattr, 0, a, 0);
}

static struct attr get(void)
{
	struct attr a;

	CHECK(syscall(SYS_sched_getattr, 0, &a, sizeof(a), 0) == 0 && a.size == sizeof(a));
	return a;
}

static long set_scheduler(int policy, int priority)
{
	return syscall(SYS_sched_setscheduler, 0, policy, &priority);
}

static int get_priority(void)
{
	int priority;

	CHECK(syscall(SYS_sched_getparam, 0, &priority) == 0);
	return priority;
}

static void sizes(void)
{
	struct {
		struct attr a;
		uint64_t more;
	} large = { { .size = 64, .policy = BATCH }, 0 };
	struct attr a = { .size = 48, .policy = BATCH };

	CHECK(set(&a) == 0 && get().policy == BATCH);
	a.size = 0;
	CHECK(set(&a) == 0 && set(&large.a) == 0);
	a.size = 47;
	REFUSED(set(&a), E2BIG);
	CHECK(a.size >= 56);
	large.more = 1;
	large.a.size = 64;
	REFUSED(set(&large.a), E2BIG);
	REFUSED(set(NULL), EINVAL);
	REFUSED(set((void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_sched_setattr, 0, &large.a, 1), EINVAL);
	REFUSED(syscall(SYS_sched_setattr, -1, &large.a, 0), EINVAL);
	REFUSED(syscall(SYS_sched_getattr, 0, &a, 47, 0), EINVAL);
	REFUSED(syscall(SYS_sched_getattr, 0, &a, 48, 1), EINVAL);
	REFUSED(syscall(SYS_sched_getattr, 0x3ffffff, &a, 48, 0), ESRCH);
	REFUSED(syscall(SYS_sched_getattr, 0, KERNEL_ADDRESS, 48, 0), EFAULT);
	CHECK(syscall(SYS_sched_getattr, 0, &large, 64, 0) == 0 && large.a.size == 56 && large.a.policy == BATCH);
	CHECK(syscall(SYS_sched_getattr, 0, &a, 48, 0) == 0 && a.size == 48);
}

static void child_is_reset(void)
{
	CHECK(get().policy == 0 && get_priority() == 0 && (get().flags & 1) == 0);
}

static void child_is_alike(void)
{
	CHECK(get().policy == FIFO && get_priority() == 7);
}

static void as_root(void)
{
	struct attr a = { .size = sizeof(a), .policy = FIFO, .priority = 7 };
	struct timespec turn;

	CHECK(set(&a) == 0 && get().policy == FIFO && get().priority == 7 && get_priority() == 7);
	CHECK(syscall(SYS_sched_rr_get_interval, 0, &turn) == 0 && turn.tv_sec == 0 && turn.tv_nsec == 0);
	CHECK(set_scheduler(RR, 7) == 0 && syscall(SYS_sched_rr_get_interval, 0, &turn) == 0 && turn.tv_nsec > 0);
	CHECK(set(&a) == 0);
	CHECK(exited_with(status_of(child_is_alike), 0));
	CHECK(set_scheduler(FIFO | RESET_ON_FORK, 3) == 0 && get_priority() == 3 && (get().flags & 1) == 1);
	CHECK(syscall(SYS_sched_rr_get_interval, 0, &turn) == 0 && turn.tv_nsec == 0);
	CHECK(exited_with(status_of(child_is_reset), 0));
	a.flags = KEEP_POLICY;
	CHECK(set(&a) == 0 && get().policy == FIFO && get().priority == 7 && (get().flags & 1) == 1);
	a = (struct attr){ .size = sizeof(a), .policy = BATCH, .flags = KEEP_PARAMS };
	REFUSED(set(&a), EINVAL); /* FIFO's priority, and BATCH has none */
	a = (struct attr){ .size = sizeof(a), .policy = RR, .flags = KEEP_PARAMS, .priority = 9 };
	CHECK(set(&a) == 0 && get().policy == FIFO && get().priority == 7 && (get().flags & 1) == 0);
	a = (struct attr){ .size = sizeof(a), .policy = FIFO, .priority = 100 };
	REFUSED(set(&a), EINVAL);
	a.priority = 0;
	REFUSED(set(&a), EINVAL);
	a.flags = 1UL << 20;
	REFUSED(set(&a), EINVAL);
	REFUSED(set_scheduler(BATCH, 1), EINVAL);
	a = (struct attr){ .size = sizeof(a), .policy = 0, .nice = -5 };
	CHECK(set(&a) == 0 && get().nice == -5 && get().policy == 0 && get().priority == 0);
}

static void as_nobody(void)
{
	struct attr a = { .size = sizeof(a), .policy = FIFO, .priority = 1 };

	drop_privileges();
	REFUSED(set(&a), EPERM);
	REFUSED(set_scheduler(FIFO, 1), EPERM);
	a = (struct attr){ .size = sizeof(a), .policy = BATCH, .nice = 3 };
	CHECK(set(&a) == 0 && get().nice == 3);
	a.nice = 2;
	REFUSED(set(&a), EPERM);
	a = (struct attr){ .size = sizeof(a), .flags = KEEP_POLICY | KEEP_PARAMS, .nice = -10 };
	CHECK(set(&a) == 0 && get().nice == 3 && get().policy == BATCH);
}

int main(void)
{
	sizes();
	CHECK(exited_with(status_of(as_nobody), 0));
	as_root();
	return 0;
}
