/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_limits.c - reads and sets resource limits. [kernel/sys.c]
 */
#include "limits_set.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/resource.h>

#include "file.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "usercopy.h"
#include "userns.h"

/* May the current task see and set the limits of T? [check_prlimit_permission] */
static bool may_limit(const struct task *t)
{
	const struct cred *me = &current->cred;
	const struct cred *it = &t->cred;

	if (t == current || userns_capable_over(t, CAP_SYS_RESOURCE))
		return true;
	return me->uid == it->euid && me->uid == it->suid && me->uid == it->uid && me->gid == it->egid &&
	       me->gid == it->sgid && me->gid == it->gid;
}

/* Stores G's limit in *OLD, and replaces it by *NEW if NEW is not NULL. [do_prlimit] */
static long limits_exchange(struct group *g, uint32_t resource, const struct rlimit64 *new, struct rlimit64 *old)
{
	struct rlimit64 *r;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	r = &g->limits[resource];
	if (new != NULL) {
		if (new->rlim_cur > new->rlim_max)
			return -EINVAL;
		if (resource == RLIMIT_NOFILE && new->rlim_max > fd_nr_open)
			return -EPERM;
		if (new->rlim_max > r->rlim_max && !task_capable(CAP_SYS_RESOURCE))
			return -EPERM;
	}
	*old = *r;
	if (new != NULL)
		*r = *new;
	if (new != NULL && resource == RLIMIT_CPU)
		time_start_turns(); /* the limit on processor time is checked by the tick */
	return 0;
}

int limits_set(struct group *g, uint32_t resource, const struct rlimit64 *new)
{
	struct rlimit64 old;

	return (int)limits_exchange(g, resource, new, &old);
}

long sys_prlimit64(uint64_t pid, uint64_t resource, uint64_t unew, uint64_t uold)
{
	struct rlimit64 new, old;
	struct task *t;
	long err;

	if (unew != 0 && copy_from_user(&new, unew, sizeof(new)) != 0)
		return -EFAULT;
	t = (int)pid == 0 ? current : task_find(pidns_id((uint32_t)pid));
	if (t == NULL)
		return -ESRCH;
	if (!may_limit(t))
		return -EPERM;
	err = limits_exchange(t->group, (uint32_t)resource, unew != 0 ? &new : NULL, &old);
	if (err == 0 && uold != 0 && copy_to_user(uold, &old, sizeof(old)) != 0)
		return -EFAULT;
	return err;
}

long sys_getrlimit(uint64_t resource, uint64_t rlim)
{
	struct rlimit64 old;
	const long err = limits_exchange(current->group, (uint32_t)resource, NULL, &old);

	if (err != 0)
		return err;
	return copy_to_user(rlim, &old, sizeof(old)) != 0 ? -EFAULT : 0;
}

long sys_setrlimit(uint64_t resource, uint64_t rlim)
{
	struct rlimit64 new, old;

	if (copy_from_user(&new, rlim, sizeof(new)) != 0)
		return -EFAULT;
	return limits_exchange(current->group, (uint32_t)resource, &new, &old);
}
