/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * part.c - calls the functions of each part of a task at the steps of the task's life: see part.h.
 */
#include "part.h"

#include <abi/errno.h>
#include <abi/sched.h>
#include <stddef.h>

#define SERVED_BY_PARTS                                                                                             \
	(CLONE_PIDFD | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME | \
	 CLONE_NEWUSER | CLONE_NEWPID)

int task_parts_fork(struct task *child, struct fork *f)
{
	uint64_t served = 0;
	unsigned n = 0;
	int err;

	for (; task_parts[n] != NULL; n++)
		served |= task_parts[n]->clone_flags;
	err = f->args->flags & SERVED_BY_PARTS & ~served ? -EINVAL : 0;
	while (err == 0 && n > 0) {
		n--;
		if (task_parts[n]->fork != NULL)
			err = task_parts[n]->fork(child, f);
	}
	if (err != 0)
		for (n++; task_parts[n - 1] != NULL && task_parts[n] != NULL; n++)
			if (task_parts[n]->fork_failed != NULL)
				task_parts[n]->fork_failed(child, f);
	return err;
}

int task_parts_unshare(uint64_t flags)
{
	int err = 0;

	for (const struct task_part *const *p = task_parts; *p != NULL && err == 0; p++)
		if ((*p)->unshare != NULL)
			err = (*p)->unshare(flags);
	return err;
}

void task_parts_exec(void)
{
	for (const struct task_part *const *p = task_parts; *p != NULL; p++)
		if ((*p)->exec != NULL)
			(*p)->exec();
}

void task_parts_exit(struct task *t, bool last)
{
	for (const struct task_part *const *p = task_parts; *p != NULL; p++)
		if ((*p)->exit != NULL)
			(*p)->exit(t, last);
}

void task_parts_free(struct task *t)
{
	for (const struct task_part *const *p = task_parts; *p != NULL; p++)
		if ((*p)->free != NULL)
			(*p)->free(t);
}

void task_parts_group(struct group *g, enum group_step step)
{
	for (const struct task_part *const *p = task_parts; *p != NULL; p++)
		if ((*p)->group[step] != NULL)
			(*p)->group[step](g);
}
