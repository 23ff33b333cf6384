/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cred.c - how capabilities follow ids, execve and prctl. [security/commoncap.c]
 *
 * Called by the set*id calls, exec and prctl. Nothing here gives a capability that Linux would not
 * give.
 */
#include "runqueue.h"
#include "cred.h"

#include <abi/errno.h>
#include <abi/prctl.h>

#include "userns.h"
#include "vm.h"

/* Securebits come in pairs: a bit, and next to it the bit that locks it. */
#define SECURE_ALL_BITS (SECBIT_NOROOT | SECBIT_NO_SETUID_FIXUP | SECBIT_KEEP_CAPS | SECBIT_NO_CAP_AMBIENT_RAISE)
#define SECURE_ALL_LOCKS (SECURE_ALL_BITS << 1)

/* Capabilities over files, which follow fsuid. [CAP_FS_SET] */
#define FILE_CAPS                                                                                     \
	(1UL << CAP_CHOWN | 1UL << CAP_MKNOD | 1UL << CAP_DAC_OVERRIDE | 1UL << CAP_DAC_READ_SEARCH | \
	 1UL << CAP_FOWNER | 1UL << CAP_FSETID | 1UL << CAP_LINUX_IMMUTABLE | 1UL << CAP_MAC_OVERRIDE)

void cred_init_root(struct cred *c)
{
	*c = (struct cred){
		.cap_effective = CRED_ALL_CAPS,
		.cap_permitted = CRED_ALL_CAPS,
		.cap_bounding = CRED_ALL_CAPS,
	};
}

static bool cred_has(const struct cred *c, uint32_t uid)
{
	return c->uid == uid || c->euid == uid || c->suid == uid;
}

/* [cap_emulate_setxuid] */
static void fix_capabilities(struct cred *new, const struct cred *old)
{
	const uint32_t root = userns_uid(0);

	if (old->securebits & SECBIT_NO_SETUID_FIXUP)
		return;
	if (cred_has(old, root) && !cred_has(new, root)) {
		if (!(old->securebits & SECBIT_KEEP_CAPS))
			new->cap_permitted = new->cap_effective = 0;
		new->cap_ambient = 0;
	}
	if (old->euid == root && new->euid != root)
		new->cap_effective = 0;
	if (old->euid != root && new->euid == root)
		new->cap_effective = new->cap_permitted;
}

/* [commit_creds] */
static void commit_cred(const struct cred *new)
{
	const struct cred *old = &current->cred;

	if (old->euid != new->euid || old->egid != new->egid || old->fsuid != new->fsuid || old->fsgid != new->fsgid) {
		current->mm->undumpable = true;
		current->parent_death_signal = 0;
	}
	current->cred = *new;
	runqueue_change_user(new->uid);
}

void cred_commit(const struct cred *new)
{
	const struct cred old = current->cred;

	commit_cred(new);
	fix_capabilities(&current->cred, &old);
}

void cred_commit_fsuid(const struct cred *new)
{
	const uint32_t root = userns_uid(0), old = current->cred.fsuid;
	struct cred *c = &current->cred;

	commit_cred(new);
	if (c->securebits & SECBIT_NO_SETUID_FIXUP)
		return;
	if (old == root && c->fsuid != root)
		c->cap_effective &= ~FILE_CAPS;
	if (old != root && c->fsuid == root)
		c->cap_effective |= c->cap_permitted & FILE_CAPS;
}

bool cred_in_group(uint32_t gid)
{
	const struct cred *c = &current->cred;

	for (uint32_t n = 0; n < c->ngroups; n++)
		if (c->groups[n] == gid)
			return true;
	return gid == c->fsgid;
}

void cred_exec(struct task *t)
{
	struct cred *c = &t->cred;
	const uint64_t old_permitted = c->cap_permitted;
	const uint32_t root_uid = userns_uid(0);
	const bool root = !(c->securebits & SECBIT_NOROOT) && (c->uid == root_uid || c->euid == root_uid);

	c->cap_permitted = c->cap_ambient;
	if (root)
		c->cap_permitted |= c->cap_bounding | c->cap_inheritable;
	if (t->no_new_privs)
		c->cap_permitted &= old_permitted;
	c->cap_effective = root && c->euid == root_uid ? c->cap_permitted : c->cap_ambient & c->cap_permitted;
	c->securebits &= ~(uint32_t)SECBIT_KEEP_CAPS;
	c->suid = c->fsuid = c->euid;
	c->sgid = c->fsgid = c->egid;
}

static long drop_bounding(uint64_t cap)
{
	if (!userns_capable(CAP_SETPCAP))
		return -EPERM;
	if (cap > CAP_LAST_CAP)
		return -EINVAL;
	current->cred.cap_bounding &= ~(1UL << cap);
	return 0;
}

static long set_securebits(uint64_t bits)
{
	struct cred *c = &current->cred;

	if (((c->securebits & SECURE_ALL_LOCKS) >> 1) & (c->securebits ^ bits)) /* a locked bit would change */
		return -EPERM;
	if (c->securebits & SECURE_ALL_LOCKS & ~bits) /* a lock would open */
		return -EPERM;
	if ((bits & ~(uint64_t)(SECURE_ALL_LOCKS | SECURE_ALL_BITS)) || !userns_capable(CAP_SETPCAP))
		return -EPERM;
	c->securebits = (uint32_t)bits;
	return 0;
}

static long set_keepcaps(uint64_t on)
{
	struct cred *c = &current->cred;

	if (on > 1)
		return -EINVAL;
	if (c->securebits & SECBIT_KEEP_CAPS_LOCKED)
		return -EPERM;
	c->securebits = (c->securebits & ~(uint32_t)SECBIT_KEEP_CAPS) | (on ? SECBIT_KEEP_CAPS : 0);
	return 0;
}

static long prctl_cap_ambient(uint64_t what, uint64_t cap, uint64_t arg4, uint64_t arg5)
{
	struct cred *c = &current->cred;
	uint64_t bit;

	if (what == PR_CAP_AMBIENT_CLEAR_ALL) {
		if (cap | arg4 | arg5)
			return -EINVAL;
		c->cap_ambient = 0;
		return 0;
	}
	if (cap > CAP_LAST_CAP || arg4 || arg5)
		return -EINVAL;
	bit = 1UL << cap;
	switch (what) {
	case PR_CAP_AMBIENT_IS_SET:
		return (c->cap_ambient & bit) != 0;
	case PR_CAP_AMBIENT_RAISE:
		if (!(c->cap_permitted & c->cap_inheritable & bit) || (c->securebits & SECBIT_NO_CAP_AMBIENT_RAISE))
			return -EPERM;
		c->cap_ambient |= bit;
		return 0;
	case PR_CAP_AMBIENT_LOWER:
		c->cap_ambient &= ~bit;
		return 0;
	default:
		return -EINVAL;
	}
}

long cred_prctl(int option, uint64_t arg2, uint64_t arg3, uint64_t arg4, uint64_t arg5, bool *known)
{
	*known = true;
	switch (option) {
	case PR_CAPBSET_READ:
		return arg2 > CAP_LAST_CAP ? -EINVAL : (long)(current->cred.cap_bounding >> arg2 & 1);
	case PR_CAPBSET_DROP:
		return drop_bounding(arg2);
	case PR_GET_SECUREBITS:
		return current->cred.securebits;
	case PR_SET_SECUREBITS:
		return set_securebits(arg2);
	case PR_GET_KEEPCAPS:
		return (current->cred.securebits & SECBIT_KEEP_CAPS) != 0;
	case PR_SET_KEEPCAPS:
		return set_keepcaps(arg2);
	case PR_CAP_AMBIENT:
		return prctl_cap_ambient(arg2, arg3, arg4, arg5);
	default:
		*known = false;
		return -EINVAL;
	}
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
