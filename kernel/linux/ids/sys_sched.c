/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sched.c - calls about scheduling: policies and processors. [kernel/sched/core.c]
 *
 * The real-time policies and SCHED_IDLE have an effect (runqueue.h). The other policies, which are
 * hints, are kept and shown.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "absent.h"
#include "pidns.h"
#include "runqueue.h"
#include "sched_policy.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"
#include "vm.h"

#define RT_PRIO_MAX 99
#define SLICE 10000000 /* ns: a time slice */

bool sched_may_change(const struct task *t)
{
	const uint32_t euid = current->cred.euid;

	return euid == t->cred.euid || euid == t->cred.uid || userns_capable_over(t, CAP_SYS_NICE);
}

struct task *sched_find(uint64_t pid)
{
	return (int)pid == 0 ? current : task_find(pidns_id((uint32_t)pid));
}

/* ---- policies ---- */

static bool is_real_time(uint32_t policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool is_policy(uint32_t policy)
{
	return is_real_time(policy) || policy == SCHED_NORMAL || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

/*
 * May the current task give T this POLICY, and the priority and niceness in A?
 * [user_check_sched_setscheduler]
 */
static int check_rights(const struct task *t, uint32_t policy, const struct sched_attr *a)
{
	const uint64_t limit = t->group->limits[RLIMIT_RTPRIO].rlim_cur;
	const uint32_t old = task_policy(t);
	bool free = true;

	if (!is_real_time(policy) && a->sched_nice < t->nice.value)
		free = (uint64_t)(20 - a->sched_nice) <= t->group->limits[RLIMIT_NICE].rlim_cur;
	if (is_real_time(policy) && policy != old && limit == 0)
		free = false;
	if (is_real_time(policy) && a->sched_priority > t->rt_priority && a->sched_priority > limit)
		free = false;
	if (old == SCHED_IDLE && policy != SCHED_IDLE)
		free = free && (uint64_t)(20 - t->nice.value) <= t->group->limits[RLIMIT_NICE].rlim_cur;
	if (t->policy & SCHED_RESET_ON_FORK && (a->sched_flags & SCHED_FLAG_RESET_ON_FORK) == 0)
		free = false;
	return (free && sched_may_change(t)) || task_capable(CAP_SYS_NICE) ? 0 : -EPERM;
}

/* KEEP_POLICY keeps the flag to reset on fork; KEEP_PARAMS, the policy. [__sched_setscheduler] */
long sched_set_attr(uint64_t pid, const struct sched_attr *given)
{
	struct task *t = sched_find(pid);
	struct sched_attr a = *given;
	const bool keep_params = (a.sched_flags & SCHED_FLAG_KEEP_PARAMS) != 0;
	uint32_t policy = a.sched_policy;
	int err;

	if (t == NULL)
		return -ESRCH;
	if (a.sched_flags & SCHED_FLAG_KEEP_POLICY) {
		policy = task_policy(t);
		a.sched_flags &= ~(uint64_t)SCHED_FLAG_RESET_ON_FORK;
		a.sched_flags |= t->policy & SCHED_RESET_ON_FORK ? SCHED_FLAG_RESET_ON_FORK : 0;
	}
	if (keep_params && is_real_time(task_policy(t)))
		a.sched_priority = t->rt_priority;
	else if (keep_params)
		a.sched_nice = t->nice.value;
	/* Deadlines and clamped utilisation are not supported. */
	if (policy == SCHED_DEADLINE)
		absent_say("sched_setattr", "policy", policy, "EINVAL");
	if (!is_policy(policy) ||
	    a.sched_flags & ~(uint64_t)(SCHED_FLAG_RESET_ON_FORK | SCHED_FLAG_KEEP_POLICY | SCHED_FLAG_KEEP_PARAMS))
		return -EINVAL;
	if (a.sched_priority > RT_PRIO_MAX || is_real_time(policy) != (a.sched_priority != 0))
		return -EINVAL;
	err = check_rights(t, policy, &a);
	if (err != 0)
		return err;
	t->policy = (keep_params ? task_policy(t) : policy) |
		    (a.sched_flags & SCHED_FLAG_RESET_ON_FORK ? SCHED_RESET_ON_FORK : 0);
	if (!keep_params)
		t->rt_priority = (uint8_t)a.sched_priority;
	if (keep_params || is_real_time(policy))
		sched_set_nice(t, t->nice.value);
	else
		sched_set_nice(t, a.sched_nice < -20 ? -20 : a.sched_nice > 19 ? 19 : a.sched_nice);
	runqueue_change_policy(t);
	hart.work |= HART_RESCHED; /* other tasks may have to run before the current one now */
	return 0;
}

/* POLICY -1: the policy stays as it is. [do_sched_setscheduler] */
static long set_policy(uint64_t pid, int policy, uint64_t uparam)
{
	struct sched_attr a = { .sched_policy = (uint32_t)policy & ~(uint32_t)SCHED_RESET_ON_FORK };
	const struct task *t;
	int32_t priority;

	if (uparam == 0 || (int)pid < 0)
		return -EINVAL;
	if (copy_from_user(&priority, uparam, sizeof(priority)) != 0)
		return -EFAULT;
	t = sched_find(pid);
	if (t == NULL)
		return -ESRCH;
	a.sched_nice = t->nice.value;
	a.sched_priority = (uint32_t)priority;
	if (policy == -1)
		a.sched_flags = SCHED_FLAG_KEEP_POLICY;
	else if (policy & SCHED_RESET_ON_FORK)
		a.sched_flags = SCHED_FLAG_RESET_ON_FORK;
	return sched_set_attr(pid, &a);
}

long sys_sched_setscheduler(uint64_t pid, uint64_t policy, uint64_t param)
{
	return (int)policy < 0 ? -EINVAL : set_policy(pid, (int)policy, param);
}

long sys_sched_setparam(uint64_t pid, uint64_t param)
{
	return set_policy(pid, -1, param);
}

long sys_sched_getscheduler(uint64_t pid)
{
	const struct task *t = (int)pid < 0 ? NULL : sched_find(pid);

	return t != NULL ? (long)t->policy : (int)pid < 0 ? -EINVAL : -ESRCH;
}

long sys_sched_getparam(uint64_t pid, uint64_t param)
{
	const struct task *t;
	int32_t priority;

	if (param == 0 || (int)pid < 0)
		return -EINVAL;
	t = sched_find(pid);
	if (t == NULL)
		return -ESRCH;
	priority = (int32_t)t->rt_priority;
	return copy_to_user(param, &priority, sizeof(priority));
}

/* The highest or lowest priority of POLICY; REAL_TIME is the answer for a real-time one. */
static long priority_limit(uint64_t policy, long real_time)
{
	switch ((int)policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		return real_time;
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
	case SCHED_DEADLINE:
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_sched_get_priority_max(uint64_t policy)
{
	return priority_limit(policy, RT_PRIO_MAX);
}

long sys_sched_get_priority_min(uint64_t policy)
{
	return priority_limit(policy, 1);
}

long sys_sched_rr_get_interval(uint64_t pid, uint64_t to)
{
	const struct task *t;
	struct __kernel_timespec slice = { 0, SLICE };

	if ((int)pid < 0)
		return -EINVAL;
	t = sched_find(pid);
	if (t == NULL)
		return -ESRCH;
	if (task_policy(t) == SCHED_FIFO) /* it has no time slice [get_rr_interval_rt] */
		slice.tv_nsec = 0;
	return copy_to_user(to, &slice, sizeof(slice));
}

/* ---- processors: there is only number 0 ---- */

long sys_sched_getaffinity(uint64_t pid, uint64_t len, uint64_t mask)
{
	const uint64_t hart_zero = 1;
	const uint32_t size = (uint32_t)len;

	if (size == 0 || size % sizeof(hart_zero) != 0)
		return -EINVAL;
	if (sched_find(pid) == NULL)
		return -ESRCH;
	return copy_to_user(mask, &hart_zero, sizeof(hart_zero)) != 0 ? -EFAULT : (long)sizeof(hart_zero);
}

long sys_sched_setaffinity(uint64_t pid, uint64_t len, uint64_t umask)
{
	const struct task *t;
	uint64_t mask = 0;
	const uint32_t size = (uint32_t)len;

	if (copy_from_user(&mask, umask, size < sizeof(mask) ? size : sizeof(mask)) != 0)
		return -EFAULT;
	t = sched_find(pid);
	if (t == NULL)
		return -ESRCH;
	if (!sched_may_change(t))
		return -EPERM;
	return (mask & 1) != 0 ? 0 : -EINVAL;
}

/*
 * With one processor every thread that runs sees what the others did before, so only registering
 * has an effect. [kernel/sched/membarrier.c]
 */
long sys_membarrier(uint64_t command, uint64_t flags)
{
	struct mm *mm = current->mm;

	if ((uint32_t)flags != 0)
		return -EINVAL;
	switch ((int)command) {
	case MEMBARRIER_CMD_QUERY:
		return MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED | MEMBARRIER_CMD_PRIVATE_EXPEDITED |
		       MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
	case MEMBARRIER_CMD_GLOBAL:
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
		return 0;
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
		mm->membarrier = true;
		return 0;
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
		return mm->membarrier ? 0 : -EPERM;
	default:
		absent_say_known("membarrier", "command", (uint32_t)command, "EINVAL");
		return -EINVAL;
	}
}
