/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_getids.c - all ids of a process's user and group, and its other groups. [kernel/sys.c,
 * kernel/groups.c]
 */
#include <abi/errno.h>

#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

static long put_three(uint64_t a, uint64_t b, uint64_t c, uint32_t x, uint32_t y, uint32_t z)
{
	if (copy_to_user(a, &x, sizeof(x)) != 0 || copy_to_user(b, &y, sizeof(y)) != 0 ||
	    copy_to_user(c, &z, sizeof(z)) != 0)
		return -EFAULT;
	return 0;
}

long sys_getresuid(uint64_t r, uint64_t e, uint64_t s)
{
	return put_three(r, e, s, userns_show_uid(current->cred.uid), userns_show_uid(current->cred.euid),
			 userns_show_uid(current->cred.suid));
}

long sys_getresgid(uint64_t r, uint64_t e, uint64_t s)
{
	return put_three(r, e, s, userns_show_gid(current->cred.gid), userns_show_gid(current->cred.egid),
			 userns_show_gid(current->cred.sgid));
}

long sys_getgroups(uint64_t n, uint64_t list)
{
	const struct cred *c = &current->cred;
	uint32_t shown[CRED_GROUPS_MAX];

	if ((int)n < 0)
		return -EINVAL;
	if ((int)n == 0)
		return c->ngroups;
	if (c->ngroups > (uint32_t)n)
		return -EINVAL;
	for (uint32_t i = 0; i < c->ngroups; i++)
		shown[i] = userns_show_gid(c->groups[i]);
	if (copy_to_user(list, shown, c->ngroups * sizeof(shown[0])) != 0)
		return -EFAULT;
	return c->ngroups;
}
