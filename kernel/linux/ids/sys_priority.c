/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_priority.c - niceness. [kernel/sys.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/resource.h>
#include <abi/sched.h>

#include "pidns.h"
#include "runqueue.h"
#include "sched_policy.h"
#include "sys.h"
#include "task.h"
#include "userns.h"

/* Do WHICH and WHO, the kernel's id, mean T? */
static bool is_meant(const struct task *t, int which, uint32_t who)
{
	return which == PRIO_PROCESS ? t->tid == who : which == PRIO_PGRP ? t->group->pgid == who : t->cred.uid == who;
}

/* The kernel's id for WHO; 0: the current one. */
static uint32_t target_id(int which, uint64_t who)
{
	if ((int)who == 0)
		return which == PRIO_PROCESS ? current->tid
		       : which == PRIO_PGRP  ? current->group->pgid
					     : current->cred.uid;
	return which == PRIO_USER ? userns_uid((uint32_t)who) : pidns_id((uint32_t)who);
}

long sys_getpriority(uint64_t uwhich, uint64_t who)
{
	const int which = (int)uwhich;
	long best = -ESRCH;
	const struct task *t;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		id = t->tid;
		if (is_meant(t, which, target_id(which, who)) && 20 - t->nice.value > best)
			best = 20 - t->nice.value;
	}
	return best;
}

void sched_set_nice(struct task *t, int nice)
{
	int64_t turn = TURN;

	if (t->rt_priority != 0 || task_policy(t) == SCHED_IDLE) {
		t->nice = (struct niceness){ .value = nice };
		return;
	}
	for (int i = 0; i < nice; i++)
		turn = turn * 4 / 5;
	for (int i = 0; i > nice; i--)
		turn = turn * 5 / 4;
	t->nice = (struct niceness){ .value = nice, .more = (int32_t)(turn - (int64_t)TURN) };
}

/* [set_one_prio] */
static int set_nice(struct task *t, int nice)
{
	const uint64_t limit = t->group->limits[RLIMIT_NICE].rlim_cur;

	if (!sched_may_change(t))
		return -EPERM;
	if (nice < t->nice.value && (uint64_t)(20 - nice) > limit && !task_capable(CAP_SYS_NICE))
		return -EACCES;
	sched_set_nice(t, nice);
	return 0;
}

long sys_setpriority(uint64_t uwhich, uint64_t who, uint64_t unice)
{
	const int which = (int)uwhich;
	const int nice = (int)unice < -20 ? -20 : (int)unice > 19 ? 19 : (int)unice;
	int result = -ESRCH;
	struct task *t;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		int err;

		id = t->tid;
		if (!is_meant(t, which, target_id(which, who)))
			continue;
		err = set_nice(t, nice);
		if (err != 0 || result == -ESRCH)
			result = err;
	}
	return result;
}
