/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_setids.c - how a process becomes another user, or a member of other groups.
 * [kernel/sys.c, kernel/groups.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "rights.h"
#include "sys.h"
#include "usercopy.h"
#include "userns.h"

#define NGROUPS_MAX 65536

#define KEEP UINT32_MAX /* -1: leave as it is */

/* ---- a user's ids and a group's are set alike: GROUP says which ---- */

struct ids {
	uint32_t real, effective, saved, fs;
};

static struct ids ids_of(const struct cred *c, bool group)
{
	return group ? (struct ids){ c->gid, c->egid, c->sgid, c->fsgid }
		     : (struct ids){ c->uid, c->euid, c->suid, c->fsuid };
}

static struct cred cred_with_ids(const struct ids *i, bool group)
{
	struct cred c = current->cred;

	if (group) {
		c.gid = i->real;
		c.egid = i->effective;
		c.sgid = i->saved;
		c.fsgid = i->fs;
	} else {
		c.uid = i->real;
		c.euid = i->effective;
		c.suid = i->saved;
		c.fsuid = i->fs;
	}
	return c;
}

static int commit_ids(const struct ids *i, bool group)
{
	const struct cred new = cred_with_ids(i, group);

	return cred_commit(&new);
}

/* The kernel's id for the one that a program names, or USERNS_INVALID; and back. */
static uint32_t id_from_user(uint32_t id, bool group)
{
	return group ? userns_gid(id) : userns_uid(id);
}

static uint32_t id_to_user(uint32_t id, bool group)
{
	return group ? userns_show_gid(id) : userns_show_uid(id);
}

/*
 * Replaces N numbers by the kernel's ids; KEEP stays. -EINVAL: one has no meaning to the kernel.
 * [make_kuid]
 */
static int ids_from_user(uint32_t *ids, unsigned n, bool group)
{
	for (unsigned i = 0; i < n; i++) {
		if (ids[i] == KEEP)
			continue;
		ids[i] = id_from_user(ids[i], group);
		if (ids[i] == USERNS_INVALID)
			return -EINVAL;
	}
	return 0;
}

static bool ids_may_set(bool group)
{
	return userns_capable(group ? CAP_SETGID : CAP_SETUID);
}

/* [__sys_setuid, __sys_setgid] */
static long set_effective(uint64_t id, bool group)
{
	struct ids new = ids_of(&current->cred, group);
	uint32_t to = (uint32_t)id;

	if (to == KEEP || ids_from_user(&to, 1, group) != 0)
		return -EINVAL;
	if (ids_may_set(group))
		new.real = new.saved = to;
	else if (to != new.real && to != new.saved)
		return -EPERM;
	new.effective = new.fs = to;
	return commit_ids(&new, group);
}

/* [__sys_setreuid, __sys_setregid] */
static long set_real_effective(uint64_t r, uint64_t e, bool group)
{
	const struct ids old = ids_of(&current->cred, group);
	struct ids new = old;
	uint32_t to[2] = { (uint32_t)r, (uint32_t)e };

	if (ids_from_user(to, 2, group) != 0)
		return -EINVAL;
	if (to[0] != KEEP) {
		new.real = to[0];
		if (to[0] != old.real && to[0] != old.effective && !ids_may_set(group))
			return -EPERM;
	}
	if (to[1] != KEEP) {
		new.effective = to[1];
		if (to[1] != old.real && to[1] != old.effective && to[1] != old.saved && !ids_may_set(group))
			return -EPERM;
	}
	if (to[0] != KEEP || (to[1] != KEEP && to[1] != old.real))
		new.saved = new.effective;
	new.fs = new.effective;
	return commit_ids(&new, group);
}

/* [__sys_setresuid, __sys_setresgid] */
static long set_all_three(uint64_t r, uint64_t e, uint64_t s, bool group)
{
	const struct ids old = ids_of(&current->cred, group);
	uint32_t to[3] = { (uint32_t)r, (uint32_t)e, (uint32_t)s };
	struct ids new = old;

	if (ids_from_user(to, 3, group) != 0)
		return -EINVAL;
	for (unsigned i = 0; i < 3; i++)
		if (to[i] != KEEP && to[i] != old.real && to[i] != old.effective && to[i] != old.saved &&
		    !ids_may_set(group))
			return -EPERM;
	new.real = to[0] == KEEP ? new.real : to[0];
	new.effective = to[1] == KEEP ? new.effective : to[1];
	new.saved = to[2] == KEEP ? new.saved : to[2];
	new.fs = new.effective;
	return commit_ids(&new, group);
}

/*
 * Sets the id that counts for files. Returns the old one, and does not say whether it was set.
 * [__sys_setfsuid, __sys_setfsgid]
 */
static long set_fs(uint64_t id, bool group)
{
	const struct ids old = ids_of(&current->cred, group);
	struct ids new = old;

	new.fs = id_from_user((uint32_t)id, group);
	if (new.fs != USERNS_INVALID && (new.fs == old.real || new.fs == old.effective || new.fs == old.saved ||
					 new.fs == old.fs || ids_may_set(group))) {
		const struct cred c = cred_with_ids(&new, group);

		cred_commit_fsuid(&c);
	}
	return id_to_user(old.fs, group);
}

long sys_setuid(uint64_t id)
{
	return set_effective(id, false);
}

long sys_setgid(uint64_t id)
{
	return set_effective(id, true);
}

long sys_setreuid(uint64_t r, uint64_t e)
{
	return set_real_effective(r, e, false);
}

long sys_setregid(uint64_t r, uint64_t e)
{
	return set_real_effective(r, e, true);
}

long sys_setresuid(uint64_t r, uint64_t e, uint64_t s)
{
	return set_all_three(r, e, s, false);
}

long sys_setresgid(uint64_t r, uint64_t e, uint64_t s)
{
	return set_all_three(r, e, s, true);
}

long sys_setfsuid(uint64_t id)
{
	return set_fs(id, false);
}

long sys_setfsgid(uint64_t id)
{
	return set_fs(id, true);
}

/* Groups are kept sorted, as getgroups on Linux shows them. */
static void sort_groups(uint32_t *v, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		for (uint32_t k = i; k > 0 && v[k - 1] > v[k]; k--) {
			const uint32_t x = v[k];

			v[k] = v[k - 1];
			v[k - 1] = x;
		}
}

long sys_setgroups(uint64_t n, uint64_t list)
{
	struct cred new = current->cred;
	uint32_t worked = 0;

	if (!userns_capable(CAP_SETGID) || !userns_may_setgroups())
		return -EPERM;
	if ((uint32_t)n > NGROUPS_MAX)
		return -EINVAL;
	if ((uint32_t)n > CRED_GROUPS_MAX) { /* so many are not kept; EFAULT comes first if they cannot be read */
		for (uint32_t i = 0; i < (uint32_t)n; i++) {
			if (copy_from_user(new.groups, list + i * sizeof(new.groups[0]), sizeof(new.groups[0])) != 0)
				return -EFAULT;
			(void)sched_worked(&worked, SCHED_STEP);
		}
		return -EINVAL;
	}
	new.ngroups = (uint32_t)n;
	if (copy_from_user(new.groups, list, new.ngroups * sizeof(new.groups[0])) != 0)
		return -EFAULT;
	for (uint32_t i = 0; i < new.ngroups; i++) {
		new.groups[i] = userns_gid(new.groups[i]);
		if (new.groups[i] == USERNS_INVALID)
			return -EINVAL;
	}
	sort_groups(new.groups, new.ngroups);
	current->cred = new;
	return 0;
}
