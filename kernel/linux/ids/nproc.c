/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nproc.c - see nproc.h.
 */
#include "nproc.h"

#include <abi/errno.h>

#include "cred.h"
#include "module.h"
#include "panic.h"
#include "part.h"
#include "user.h"

/* Does U have more threads than the current process' limit? [is_rlimit_overlimit] */
static bool exceeds_limit(const struct user *u, uint32_t more)
{
	return u->tasks + more > current->group->limits[RLIMIT_NPROC].rlim_cur;
}

/* Root has no limit. [copy_process, do_execveat_common] */
static int check_limit(bool exec)
{
	if (exec) {
		current->nproc_exceeded &= exceeds_limit(current->user, 0);
		return current->nproc_exceeded ? -EAGAIN : 0;
	}
	return exceeds_limit(current->user, 1) && current->cred.uid != 0 && !task_capable(CAP_SYS_RESOURCE) &&
			       !task_capable(CAP_SYS_ADMIN)
		       ? -EAGAIN
		       : 0;
}

static void count_task(struct task *t, struct user *u)
{
	t->user = u;
	u->refs++;
	u->tasks++;
}

static void count_task_no_more(struct task *t)
{
	struct user *u = t->user;

	t->user = NULL;
	if (u == NULL) /* it was not counted yet, or is not any more */
		return;
	u->tasks--;
	user_put(u);
}

static int fork_nproc(struct task *child, struct fork *f)
{
	int err;

	(void)f;
	if (current->user == NULL) /* the first program is not begun yet */
		return 0;
	err = check_limit(false); /* others may have made more threads since it was looked at */
	if (err == 0) {
		current->nproc_exceeded = false;
		count_task(child, current->user);
	}
	return err;
}

static void cancel_nproc(struct task *child, const struct fork *f)
{
	(void)f;
	count_task_no_more(child);
}

/* A new thread counts among those of its maker's user, until it has left all lists. */
const struct task_part nproc_part = { .fork = fork_nproc, .fork_failed = cancel_nproc, .free = count_task_no_more };

int nproc_change_user(uint32_t uid)
{
	struct user *u;

	if (uid == current->user->uid)
		return 0;
	u = user_get(uid);
	if (u == NULL)
		return -EAGAIN;
	current->nproc_exceeded = uid != 0 && exceeds_limit(u, 0);
	count_task_no_more(current);
	count_task(current, u);
	user_put(u);
	return 0;
}

void nproc_begin(void)
{
	current->user = user_get(0);
	if (current->user == NULL)
		refuse("init: no memory");
	current->user->tasks++;
	cred_limit = check_limit;
}
