/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_schedattr.c - sched_setattr, sched_getattr: policy, niceness and priority in one structure.
 * [kernel/sched/core.c]
 */
#include <string.h>

#include <abi/errno.h>
#include <abi/sched.h>

#include "sched_policy.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* Stores the size that the structure should have, and returns the error. */
static int wrong_size(uint64_t uattr)
{
	const uint32_t known = sizeof(struct sched_attr);

	return copy_to_user(uattr, &known, sizeof(known)) != 0 ? -EFAULT : -E2BIG;
}

/* [sched_copy_attr] */
static int read_attr(struct sched_attr *a, uint64_t uattr)
{
	uint32_t size;
	int err;

	memset(a, 0, sizeof(*a));
	if (copy_from_user(&size, uattr, sizeof(size)) != 0)
		return -EFAULT;
	if (size == 0)
		size = SCHED_ATTR_SIZE_VER0;
	if (size < SCHED_ATTR_SIZE_VER0 || size > PAGE_SIZE)
		return wrong_size(uattr);
	err = copy_struct_from_user(a, sizeof(*a), uattr, size);
	if (err == -E2BIG)
		return wrong_size(uattr);
	if (err == 0 && (a->sched_flags & SCHED_FLAG_UTIL_CLAMP) != 0 && size < SCHED_ATTR_SIZE_VER1)
		return -EINVAL;
	return err;
}

long sys_sched_setattr(uint64_t pid, uint64_t uattr, uint64_t flags)
{
	struct sched_attr a;
	int err;

	if (uattr == 0 || (int)pid < 0 || (uint32_t)flags != 0)
		return -EINVAL;
	err = read_attr(&a, uattr);
	if (err != 0)
		return err;
	if ((int)a.sched_policy < 0)
		return -EINVAL;
	return sched_set_attr(pid, &a);
}

long sys_sched_getattr(uint64_t pid, uint64_t uattr, uint64_t usize, uint64_t flags)
{
	const uint32_t size = (uint32_t)usize;
	struct sched_attr a = { .size = size < sizeof(a) ? size : sizeof(a) };
	const struct task *t;

	if (uattr == 0 || (int)pid < 0 || size > PAGE_SIZE || size < SCHED_ATTR_SIZE_VER0 || (uint32_t)flags != 0)
		return -EINVAL;
	t = sched_find(pid);
	if (t == NULL)
		return -ESRCH;
	a.sched_policy = task_policy(t);
	a.sched_flags = t->policy & SCHED_RESET_ON_FORK ? SCHED_FLAG_RESET_ON_FORK : 0;
	if (a.sched_policy == SCHED_FIFO || a.sched_policy == SCHED_RR)
		a.sched_priority = t->rt_priority;
	else
		a.sched_nice = t->nice.value;
	a.sched_util_max = 1024;
	return copy_to_user(uattr, &a, a.size);
}
