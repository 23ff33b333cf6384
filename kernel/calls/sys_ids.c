/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_ids.c - who a process is: its ids, its users and groups. Process groups and sessions are in
 * sys_session.c. [kernel/sys.c, kernel/groups.c]
 *
 * getpid, gettid and getppid have a second form in boot/trap.S, which reads the hart page.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "pidns.h"
#include "sys.h"
#include "usercopy.h"
#include "userns.h"

#define NGROUPS_MAX 65536

#define KEEP UINT32_MAX /* -1: leave as it is */

/*
 * The kernel's ids for those a program names; one that has no meaning to it is
 * -EINVAL, KEEP stays. [make_kuid]
 */
static int from_user_uids(uint32_t *ids, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		const uint32_t shown = ids[i];

		ids[i] = shown == KEEP ? KEEP : userns_uid(shown);
		if (shown != KEEP && ids[i] == USERNS_INVALID)
			return -EINVAL;
	}
	return 0;
}

static int from_user_gids(uint32_t *ids, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		const uint32_t shown = ids[i];

		ids[i] = shown == KEEP ? KEEP : userns_gid(shown);
		if (shown != KEEP && ids[i] == USERNS_INVALID)
			return -EINVAL;
	}
	return 0;
}

long sys_getpid(void)
{
	return pidns_show(current->group->id);
}

long sys_getppid(void)
{
	return current->group->parent == NULL ? 0 : pidns_show(current->group->parent->id);
}

long sys_gettid(void)
{
	return pidns_show(current->tid);
}

long sys_getuid(void)
{
	return userns_show_uid(current->cred.uid);
}

long sys_geteuid(void)
{
	return userns_show_uid(current->cred.euid);
}

long sys_getgid(void)
{
	return userns_show_gid(current->cred.gid);
}

long sys_getegid(void)
{
	return userns_show_gid(current->cred.egid);
}

static bool is_any_uid(uint32_t uid)
{
	const struct cred *c = &current->cred;

	return uid == c->uid || uid == c->euid || uid == c->suid;
}

static bool is_any_gid(uint32_t gid)
{
	const struct cred *c = &current->cred;

	return gid == c->gid || gid == c->egid || gid == c->sgid;
}

long sys_setuid(uint64_t id)
{
	struct cred new = current->cred;
	uint32_t uid = (uint32_t)id;

	if (uid == KEEP || from_user_uids(&uid, 1) != 0)
		return -EINVAL;
	if (userns_capable(CAP_SETUID))
		new.uid = new.suid = uid;
	else if (uid != new.uid && uid != new.suid)
		return -EPERM;
	new.euid = new.fsuid = uid;
	cred_commit(&new);
	return 0;
}

long sys_setgid(uint64_t id)
{
	struct cred new = current->cred;
	uint32_t gid = (uint32_t)id;

	if (gid == KEEP || from_user_gids(&gid, 1) != 0)
		return -EINVAL;
	if (userns_capable(CAP_SETGID))
		new.gid = new.sgid = gid;
	else if (gid != new.gid && gid != new.sgid)
		return -EPERM;
	new.egid = new.fsgid = gid;
	cred_commit(&new);
	return 0;
}

/* The user's ids, or the group's, as one kind of thing. */
struct ids {
	uint32_t real, effective, saved, fs;
};

static struct ids ids_of(const struct cred *c, bool group)
{
	return group ? (struct ids){ c->gid, c->egid, c->sgid, c->fsgid }
		     : (struct ids){ c->uid, c->euid, c->suid, c->fsuid };
}

static long ids_commit(const struct ids *i, bool group)
{
	struct cred new = current->cred;

	if (group) {
		new.gid = i->real;
		new.egid = i->effective;
		new.sgid = i->saved;
		new.fsgid = i->fs;
	} else {
		new.uid = i->real;
		new.euid = i->effective;
		new.suid = i->saved;
		new.fsuid = i->fs;
	}
	cred_commit(&new);
	return 0;
}

static int ids_from_user(uint32_t *ids, unsigned n, bool group)
{
	return group ? from_user_gids(ids, n) : from_user_uids(ids, n);
}

static bool ids_may_set(bool group)
{
	return userns_capable(group ? CAP_SETGID : CAP_SETUID);
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
	return ids_commit(&new, group);
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
	return ids_commit(&new, group);
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

/* The ids that count for files alone. Who may not change them is told so by what they were. */
long sys_setfsuid(uint64_t id)
{
	const uint32_t old = userns_show_uid(current->cred.fsuid), uid = userns_uid((uint32_t)id);
	struct cred new = current->cred;

	new.fsuid = uid;
	if (uid != USERNS_INVALID && (is_any_uid(uid) || uid == current->cred.fsuid || userns_capable(CAP_SETUID)))
		cred_commit_fsuid(&new);
	return old;
}

long sys_setfsgid(uint64_t id)
{
	const uint32_t old = userns_show_gid(current->cred.fsgid), gid = userns_gid((uint32_t)id);
	struct cred new = current->cred;

	new.fsgid = gid;
	if (gid != USERNS_INVALID && (is_any_gid(gid) || gid == current->cred.fsgid || userns_capable(CAP_SETGID)))
		cred_commit_fsuid(&new);
	return old;
}

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

/* Sorted, as getgroups on Linux shows them. */
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

	if (!userns_capable(CAP_SETGID) || !userns_may_setgroups())
		return -EPERM;
	if ((uint32_t)n > NGROUPS_MAX)
		return -EINVAL;
	if ((uint32_t)n > CRED_GROUPS_MAX) { /* as many are not kept, but first comes whether they can be read */
		for (uint32_t i = 0; i < (uint32_t)n; i++)
			if (copy_from_user(new.groups, list + i * sizeof(new.groups[0]), sizeof(new.groups[0])) != 0)
				return -EFAULT;
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
