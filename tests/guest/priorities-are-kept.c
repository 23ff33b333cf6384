/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * priorities-are-kept - niceness and scheduling policies are given back as they were set,
 * inherited, and checked in Linux's order; nobody goes below what it may. There is a processor 0.
 */
#include "files.h"

#include <sys/resource.h>
#ifdef __riscv
#include <abi/sched.h>
#else
#include <linux/membarrier.h>
#endif

#define DEADLINE 6

static long nice_of(int which, int who)
{
	return 20 - raw(SYS_getpriority, which, who, 0, 0, 0, 0);
}

static void as_nobody(void)
{
	const int zero = 0;

	/* A user of whom there is nobody else. */
	CHECK(syscall(SYS_setgid, 54322) == 0 && syscall(SYS_setuid, 54322) == 0);
	CHECK(nice_of(PRIO_USER, 0) == 7 && raw(SYS_getpriority, PRIO_USER, 4321, 0, 0, 0, 0) == -ESRCH);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 0, 9, 0, 0, 0) == 0 && nice_of(PRIO_PROCESS, 0) == 9);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 0, 8, 0, 0, 0) == -EACCES);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 1, 10, 0, 0, 0) == -EPERM);
	CHECK(raw(SYS_sched_setscheduler, 1, SCHED_OTHER, (long)&zero, 0, 0, 0) == -EPERM);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_FIFO, (long)&(int){ 1 }, 0, 0, 0) == -EPERM);
}

static void policies(void)
{
	const int zero = 0, one = 1;
	int got = 5;

	CHECK(raw(SYS_sched_getscheduler, 0, 0, 0, 0, 0, 0) == SCHED_OTHER);
	CHECK(raw(SYS_sched_getscheduler, -1, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_getscheduler, 32767, 0, 0, 0, 0, 0) == -ESRCH);
	CHECK(raw(SYS_sched_setscheduler, 0, -1, (long)&zero, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_BATCH, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_BATCH, 8, 0, 0, 0) == -EFAULT);
	CHECK(raw(SYS_sched_setscheduler, 32767, 77, (long)&zero, 0, 0, 0) == -ESRCH);
	CHECK(raw(SYS_sched_setscheduler, 0, 77, (long)&zero, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_BATCH, (long)&one, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_FIFO, (long)&zero, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_BATCH, (long)&zero, 0, 0, 0) == 0);
	CHECK(raw(SYS_sched_getscheduler, getpid(), 0, 0, 0, 0, 0) == SCHED_BATCH);
	CHECK(raw(SYS_sched_setparam, 0, (long)&one, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setparam, 0, (long)&zero, 0, 0, 0, 0) == 0);
	CHECK(raw(SYS_sched_getparam, 0, (long)&got, 0, 0, 0, 0) == 0 && got == 0);
	CHECK(raw(SYS_sched_getparam, 0, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_get_priority_max, SCHED_RR, 0, 0, 0, 0, 0) == 99);
	CHECK(raw(SYS_sched_get_priority_min, SCHED_FIFO, 0, 0, 0, 0, 0) == 1);
	CHECK(raw(SYS_sched_get_priority_max, DEADLINE, 0, 0, 0, 0, 0) == 0);
	CHECK(raw(SYS_sched_get_priority_min, 4, 0, 0, 0, 0, 0) == -EINVAL);
}

static void processors(void)
{
	unsigned long mask = 1, none = 0;
	struct timespec slice = { -1, -1 };

	CHECK(raw(SYS_sched_setaffinity, 0, sizeof(mask), 8, 0, 0, 0) == -EFAULT);
	CHECK(raw(SYS_sched_setaffinity, 32767, sizeof(mask), (long)&mask, 0, 0, 0) == -ESRCH);
	CHECK(raw(SYS_sched_setaffinity, 0, sizeof(none), (long)&none, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_sched_setaffinity, 0, sizeof(mask), (long)&mask, 0, 0, 0) == 0);
	CHECK(raw(SYS_sched_getaffinity, 0, 1024, (long)&none, 0, 0, 0) >= 8 && none == 1);
	CHECK(raw(SYS_sched_rr_get_interval, 0, (long)&slice, 0, 0, 0, 0) == 0 && slice.tv_sec == 0);

	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0, 0, 0, 0) & MEMBARRIER_CMD_PRIVATE_EXPEDITED);
	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 1, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_membarrier, 3, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0, 0, 0, 0) == 0);
	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0, 0, 0, 0) == -EPERM);
	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0, 0, 0, 0) == 0);
	CHECK(raw(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0, 0, 0, 0) == 0);
}

int main(void)
{
#ifdef __riscv
	CHECK(nice_of(PRIO_PROCESS, 0) == 0);
#endif
	CHECK(raw(SYS_getpriority, 3, 0, 0, 0, 0, 0) == -EINVAL && raw(SYS_setpriority, -1, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_getpriority, PRIO_PROCESS, 32767, 0, 0, 0, 0) == -ESRCH);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 0, -100, 0, 0, 0) == 0 && nice_of(PRIO_PROCESS, getpid()) == -20);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 0, 100, 0, 0, 0) == 0 && nice_of(PRIO_PROCESS, 0) == 19);
	CHECK(raw(SYS_setpriority, PRIO_PROCESS, 0, 7, 0, 0, 0) == 0);
	CHECK(exited_with(status_of(as_nobody), 0));
	policies();
	processors();
	return 0;
}
