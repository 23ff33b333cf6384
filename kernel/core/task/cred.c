/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cred.c - the ids and capabilities of a task: the first ones, and what they allow. What changes
 * them is in kernel/linux/ids. [security/commoncap.c]
 */
#include "cred.h"

#include "userns.h"
#include "vm.h"

void (*cred_exec)(void);
int (*cred_limit)(bool exec);

void cred_init_root(struct cred *c)
{
	*c = (struct cred){
		.cap_effective = CRED_ALL_CAPS,
		.cap_permitted = CRED_ALL_CAPS,
		.cap_bounding = CRED_ALL_CAPS,
	};
}

bool cred_in_group(uint32_t gid)
{
	const struct cred *c = &current->cred;

	for (uint32_t n = 0; n < c->ngroups; n++)
		if (c->groups[n] == gid)
			return true;
	return gid == c->fsgid;
}

bool ptrace_may_access(const struct task *t, bool for_files)
{
	const struct cred *me = &current->cred;
	const struct cred *c = &t->cred;
	const uint32_t uid = for_files ? me->fsuid : me->uid;
	const uint32_t gid = for_files ? me->fsgid : me->gid;
	const uint64_t rights = for_files ? me->cap_effective : me->cap_permitted;

	if (t->group == current->group || userns_capable_over(t, CAP_SYS_PTRACE))
		return true;
	return uid == c->euid && uid == c->suid && uid == c->uid && gid == c->egid && gid == c->sgid && gid == c->gid &&
	       (t->mm == NULL || !t->mm->undumpable) && t->userns == current->userns &&
	       (c->cap_permitted & ~rights) == 0;
}
