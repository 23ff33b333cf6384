/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_session.c - process groups and sessions. [kernel/sys.c]
 */
#include <abi/errno.h>

#include "pgrp.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"

static bool leads_session(const struct group *g)
{
	return g->sid == g->id;
}

/* Any process of process group PGID, or NULL. */
static const struct group *member_of(uint32_t pgid)
{
	pgrp_for_each(g, pgid) return g;
	return NULL;
}

/* The thread that the current task calls PID (0: the current one), or NULL. */
static const struct task *session_find(uint64_t pid)
{
	return (int)pid == 0 ? current : task_find(pidns_id((uint32_t)pid));
}

long sys_getpgid(uint64_t pid)
{
	const struct task *t = session_find(pid);

	return t == NULL ? -ESRCH : (long)pidns_show(t->group->pgid);
}

long sys_getsid(uint64_t pid)
{
	const struct task *t = session_find(pid);

	return t == NULL ? -ESRCH : (long)pidns_show(t->group->sid);
}

/* May the current process move T? 0 or -errno. */
static int may_move(const struct task *t)
{
	const struct group *me = current->group;

	if (t->group->leader != t)
		return -EINVAL;
	if (t->group->parent == me) {
		if (t->group->sid != me->sid)
			return -EPERM;
		if (t->group->exec_done)
			return -EACCES;
	} else if (t->group != me) {
		return -ESRCH;
	}
	return leads_session(t->group) ? -EPERM : 0;
}

long sys_setpgid(uint64_t upid, uint64_t upgid)
{
	const uint32_t pid = (int)upid == 0 ? current->group->id : pidns_id((uint32_t)upid);
	const uint32_t pgid = (int)upgid == 0 ? pid : pidns_id((uint32_t)upgid);
	struct task *t;
	int err;

	if ((int)upgid < 0 || ((int)upgid == 0 && (int)upid < 0))
		return -EINVAL;
	t = task_find(pid);
	if (t == NULL)
		return -ESRCH;
	err = may_move(t);
	if (err != 0)
		return err;
	if (pgid != pid) {
		const struct group *there = member_of(pgid);

		if (there == NULL || there->sid != current->group->sid)
			return -EPERM;
	}
	pgrp_set(t->group, pgid, t->group->sid);
	return 0;
}

long sys_setsid(void)
{
	struct group *me = current->group;

	if (leads_session(me) || member_of(me->id) != NULL)
		return -EPERM;
	pgrp_set(me, me->id, me->id);
	task_publish();
	return (long)pidns_show(me->sid);
}
