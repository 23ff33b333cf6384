/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns.c - user namespaces. Called by clone, exit, unshare, the calls that name users, and whoever asks for a right.
 * [kernel/user_namespace.c]
 */
#include "userns.h"

#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "page.h"
#include "task.h"

#define LEVELS_MAX 32

/* One stretch of ids: inside .. inside + count stand for the kernel's outside .. */
struct map {
	uint32_t inside, outside, count; /* count 0: not written yet */
};

struct userns {
	uint32_t refs; /* tasks, and namespaces below */
	uint32_t level;
	struct userns *parent; /* NULL: the initial one; one reference */
	uint32_t owner;	       /* who made it: has every right over it, from the parent namespace */
	struct map uids, gids;
};

static struct userns *get(struct userns *ns)
{
	if (ns != NULL)
		ns->refs++;
	return ns;
}

static void put(struct userns *ns)
{
	while (ns != NULL && --ns->refs == 0) {
		struct userns *parent = ns->parent;

		kfree(ns);
		ns = parent;
	}
}

/* ---- rights ---- */

bool userns_capable(unsigned cap)
{
	return current->cred.cap_effective >> cap & 1;
}

static uint32_t level(const struct userns *ns)
{
	return ns == NULL ? 0 : ns->level;
}

/* [cap_capable] */
static bool capable_over(const struct userns *ns, unsigned cap)
{
	for (; level(ns) > level(current->userns); ns = ns->parent)
		if (ns->parent == current->userns && ns->owner == current->cred.euid)
			return true;
	return ns == current->userns && userns_capable(cap);
}

bool userns_capable_over(const struct task *t, unsigned cap)
{
	return capable_over(t->userns, cap);
}

/* ---- ids ---- */

static uint32_t show(const struct map *m, uint32_t id)
{
	return id - m->outside < m->count ? id - m->outside + m->inside : USERNS_INVALID;
}

static uint32_t find(const struct map *m, uint32_t shown)
{
	return shown - m->inside < m->count ? shown - m->inside + m->outside : USERNS_INVALID;
}

uint32_t userns_show_uid(uint32_t uid)
{
	const uint32_t shown = current->userns == NULL ? uid : show(&current->userns->uids, uid);

	return shown == USERNS_INVALID ? USERNS_NOBODY : shown;
}

uint32_t userns_show_gid(uint32_t gid)
{
	const uint32_t shown = current->userns == NULL ? gid : show(&current->userns->gids, gid);

	return shown == USERNS_INVALID ? USERNS_NOBODY : shown;
}

uint32_t userns_uid(uint32_t shown)
{
	return current->userns == NULL ? shown : find(&current->userns->uids, shown);
}

uint32_t userns_gid(uint32_t shown)
{
	return current->userns == NULL ? shown : find(&current->userns->gids, shown);
}

/* ---- entering and leaving ---- */

/* A namespace below the current one. [create_user_ns] */
static int create(struct userns **out)
{
	struct userns *parent = current->userns;
	struct userns *ns;

	if (level(parent) >= LEVELS_MAX)
		return -ENOSPC;
	if (parent != NULL && (show(&parent->uids, current->cred.euid) == USERNS_INVALID ||
			       show(&parent->gids, current->cred.egid) == USERNS_INVALID))
		return -EPERM;
	ns = kmalloc(sizeof(*ns));
	if (ns == NULL)
		return -ENOMEM;
	ns->refs = 1;
	ns->level = level(parent) + 1;
	ns->parent = get(parent);
	ns->owner = current->cred.euid;
	*out = ns;
	return 0;
}

/* [set_cred_user_ns] */
static void enter(struct task *t, struct userns *ns)
{
	t->userns = ns;
	t->cred.cap_effective = t->cred.cap_permitted = t->cred.cap_bounding = CRED_ALL_CAPS;
	t->cred.cap_inheritable = t->cred.cap_ambient = 0;
	t->cred.securebits = 0;
}

int userns_unshare(void)
{
	struct userns *old = current->userns;
	struct userns *ns;
	const int err = create(&ns);

	if (err != 0)
		return err;
	enter(current, ns);
	put(old);
	return 0;
}

int userns_enter(struct task *child, bool new)
{
	struct userns *ns;
	int err;

	child->userns = NULL;
	if (!new) {
		child->userns = get(current->userns);
		return 0;
	}
	err = create(&ns);
	if (err == 0)
		enter(child, ns);
	return err;
}

void userns_release(struct task *t)
{
	put(t->userns);
	t->userns = NULL;
}

/* ---- maps ---- */

bool userns_map_get(const struct task *t, bool gid, struct userns_extent *e)
{
	const struct map *m;

	if (t->userns == NULL) {
		*e = (struct userns_extent){ 0, 0, UINT32_MAX };
		return true;
	}
	m = gid ? &t->userns->gids : &t->userns->uids;
	e->inside = m->inside;
	e->outside = t->userns == current->userns ? m->outside
		     : gid			  ? userns_show_gid(m->outside)
						  : userns_show_uid(m->outside);
	e->count = m->count;
	return m->count > 0;
}

/* May the current task write this extent, of kernel ids from OUTSIDE on? [new_idmap_permitted] */
static bool may_map(const struct userns *ns, bool gid, uint32_t outside, uint32_t count)
{
	const struct cred *me = &current->cred;

	if (count == 1 && !gid && outside == me->euid && ns->owner == me->euid)
		return true;
	return capable_over(ns->parent, gid ? CAP_SETGID : CAP_SETUID);
}

int userns_map_set(const struct task *t, bool gid, const struct userns_extent *e)
{
	struct userns *ns = t->userns;
	const struct map *above;
	struct map *m;
	uint32_t outside;

	if (ns == NULL || (current->userns != ns && current->userns != ns->parent))
		return -EPERM;
	m = gid ? &ns->gids : &ns->uids;
	if (m->count > 0 || !capable_over(ns, CAP_SYS_ADMIN))
		return -EPERM;
	if (e->count == 0 || e->inside + e->count < e->inside || e->outside + e->count < e->outside)
		return -EINVAL;
	above = ns->parent == NULL ? NULL : gid ? &ns->parent->gids : &ns->parent->uids;
	outside = above == NULL ? e->outside : find(above, e->outside);
	if (above != NULL && (outside == USERNS_INVALID || find(above, e->outside + e->count - 1) == USERNS_INVALID))
		return -EPERM;
	if (!may_map(ns, gid, outside, e->count))
		return -EPERM;
	*m = (struct map){ e->inside, outside, e->count };
	return 0;
}
