/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns.c - user namespaces. Called by clone, exit, unshare, the calls that name users, and all
 * checks of capabilities. [kernel/user_namespace.c]
 */
#include "userns.h"

#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "kassert.h"
#include "ns.h"
#include "page.h"
#include "task.h"

#define LEVELS_MAX 32 /* of a namespace that makes one [create_user_ns] */

/* Ranges of ids in the namespace, and the kernel's ids that they stand for. */
struct map {
	uint32_t n; /* number of ranges; 0: not written yet */
	struct userns_extent *e;
};

struct userns {
	uint32_t refs;	       /* tasks in it, namespaces of any kind that it owns, files, and namespaces below it */
	uint32_t level;	       /* 1: right below the initial namespace */
	uint32_t ino;	       /* its number in /proc/PID/ns */
	struct userns *parent; /* NULL: the initial one; one reference */
	uint32_t owner;	       /* the id of its maker, who has every capability over it from the parent namespace */
	bool setgroups;	       /* setgroups(2) is allowed */
	bool owner_setfcap;    /* its maker had CAP_SETFCAP, and may map the parent's root */
	struct map map[2];     /* of users, of groups */
};

struct userns *userns_get(struct userns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	if (ns != NULL)
		ns->refs++;
	return ns;
}

void userns_put(struct userns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	while (ns != NULL && --ns->refs == 0) {
		struct userns *parent = ns->parent;

		kfree(ns->map[0].e);
		kfree(ns->map[1].e);
		kfree(ns);
		ns = parent;
	}
}

/* ---- rights ---- */

bool userns_capable(unsigned cap)
{
	return current->cred.cap_effective >> cap & 1;
}

static uint32_t userns_level(const struct userns *ns)
{
	return ns == NULL ? 0 : ns->level;
}

/* Does the current task hold CAP over NS? [cap_capable] */
static bool capable_over(const struct userns *ns, unsigned cap)
{
	for (; userns_level(ns) > userns_level(current->userns); ns = ns->parent)
		if (ns->parent == current->userns && ns->owner == current->cred.euid)
			return true;
	return ns == current->userns && userns_capable(cap);
}

bool userns_capable_in(const struct userns *ns, unsigned cap)
{
	return capable_over(ns, cap);
}

bool userns_capable_over(const struct task *t, unsigned cap)
{
	return capable_over(t->userns, cap);
}

uint32_t userns_ino(const struct userns *ns)
{
	return ns != NULL ? ns->ino : NS_USER_INITIAL;
}

/* ---- ids ---- */

/* The number in NS of the kernel's ID, of a group if GID, else of a user; USERNS_INVALID: none. */
static uint32_t userns_show(const struct userns *ns, bool gid, uint32_t id)
{
	const struct map *m;

	if (ns == NULL)
		return id;
	m = &ns->map[gid];
	for (uint32_t k = 0; k < m->n; k++)
		if (id - m->e[k].outside < m->e[k].count)
			return id - m->e[k].outside + m->e[k].inside;
	return USERNS_INVALID;
}

/* The kernel's id for FIRST in NS; USERNS_INVALID: no range holds COUNT numbers from FIRST on. */
static uint32_t userns_find(const struct userns *ns, bool gid, uint32_t first, uint32_t count)
{
	const struct map *m;

	if (ns == NULL)
		return first;
	m = &ns->map[gid];
	for (uint32_t k = 0; k < m->n; k++)
		if (first - m->e[k].inside < m->e[k].count && count <= m->e[k].count - (first - m->e[k].inside))
			return first - m->e[k].inside + m->e[k].outside;
	return USERNS_INVALID;
}

bool userns_capable_file(uint32_t uid, uint32_t gid, unsigned cap)
{
	const struct userns *ns = current->userns;

	return userns_capable(cap) && userns_show(ns, false, uid) != USERNS_INVALID &&
	       userns_show(ns, true, gid) != USERNS_INVALID;
}

static uint32_t show_or_nobody(const struct userns *ns, bool gid, uint32_t id)
{
	const uint32_t shown = userns_show(ns, gid, id);

	return shown == USERNS_INVALID ? USERNS_NOBODY : shown;
}

uint32_t userns_show_uid_to(const struct task *t, uint32_t uid)
{
	return show_or_nobody(t->userns, false, uid);
}

uint32_t userns_show_uid(uint32_t uid)
{
	return show_or_nobody(current->userns, false, uid);
}

uint32_t userns_show_gid(uint32_t gid)
{
	return show_or_nobody(current->userns, true, gid);
}

uint32_t userns_uid(uint32_t shown)
{
	return userns_find(current->userns, false, shown, 1);
}

uint32_t userns_gid(uint32_t shown)
{
	return userns_find(current->userns, true, shown, 1);
}

/* ---- entering and leaving ---- */

/* Makes a namespace below the current one: 0, -ENOSPC, -EPERM or -ENOMEM. [create_user_ns] */
static int userns_create(struct userns **out)
{
	struct userns *parent = current->userns;
	struct userns *ns;

	if (userns_level(parent) > LEVELS_MAX)
		return -ENOSPC;
	if (parent != NULL && (userns_show(parent, false, current->cred.euid) == USERNS_INVALID ||
			       userns_show(parent, true, current->cred.egid) == USERNS_INVALID))
		return -EPERM;
	ns = kmalloc(sizeof(*ns));
	if (ns == NULL)
		return -ENOMEM;
	ns->refs = 1;
	ns->level = userns_level(parent) + 1;
	ns->ino = ns_number();
	ns->parent = userns_get(parent);
	ns->owner = current->cred.euid;
	ns->owner_setfcap = userns_capable(CAP_SETFCAP);
	ns->setgroups = parent == NULL || parent->setgroups;
	*out = ns;
	return 0;
}

/* T enters NS, takes over the reference, and gets all capabilities in it. [set_cred_user_ns] */
static void enter_userns(struct task *t, struct userns *ns)
{
	t->userns = ns;
	t->cred.cap_effective = t->cred.cap_permitted = t->cred.cap_bounding = CRED_ALL_CAPS;
	t->cred.cap_inheritable = t->cred.cap_ambient = 0;
	t->cred.securebits = 0;
}

int userns_join(struct userns *ns)
{
	struct userns *old = current->userns;

	if (ns == old)
		return -EINVAL;
	if (!capable_over(ns, CAP_SYS_ADMIN))
		return -EPERM;
	enter_userns(current, userns_get(ns));
	userns_put(old);
	return 0;
}

int userns_unshare(void)
{
	struct userns *old = current->userns;
	struct userns *ns;
	const int err = userns_create(&ns);

	if (err != 0)
		return err;
	enter_userns(current, ns);
	userns_put(old);
	return 0;
}

int userns_enter(struct task *child, bool new)
{
	struct userns *ns;
	int err;

	child->userns = NULL;
	if (!new) {
		child->userns = userns_get(current->userns);
		return 0;
	}
	err = userns_create(&ns);
	if (err == 0)
		enter_userns(child, ns);
	return err;
}

void userns_release(struct task *t)
{
	userns_put(t->userns);
	t->userns = NULL;
}

/* ---- maps ---- */

bool userns_map_extent(const struct task *t, bool gid, uint32_t n, struct userns_extent *e)
{
	const struct userns *ns = t->userns;

	*e = (struct userns_extent){ 0, 0, UINT32_MAX };
	if (ns == NULL ? n > 0 : n >= ns->map[gid].n)
		return false;
	if (ns != NULL) {
		*e = ns->map[gid].e[n];
		e->outside = userns_show(current->userns == ns ? ns->parent : current->userns, gid, e->outside);
	} else {
		e->outside = userns_show(current->userns, gid, 0);
	}
	return true;
}

int userns_map_may_set(const struct task *t, bool gid)
{
	const struct userns *ns = t->userns;

	if (ns == NULL || (current->userns != ns && current->userns != ns->parent))
		return -EPERM;
	return ns->map[gid].n > 0 || !capable_over(ns, CAP_SYS_ADMIN) ? -EPERM : 0;
}

static bool userns_overlap(uint32_t a, uint32_t a_count, uint32_t b, uint32_t b_count)
{
	return a - b < b_count || b - a < a_count;
}

/* Is the last of the first N ranges a proper one that overlaps none before it? */
static bool well_formed(const struct userns_extent *e, uint32_t n)
{
	const struct userns_extent *last = &e[n - 1];

	if (last->inside == USERNS_INVALID || last->outside == USERNS_INVALID ||
	    last->inside + last->count <= last->inside || last->outside + last->count <= last->outside)
		return false;
	for (; e != last; e++)
		if (userns_overlap(e->inside, e->count, last->inside, last->count) ||
		    userns_overlap(e->outside, e->count, last->outside, last->count))
			return false;
	return true;
}

/* May the current task map NS by the N ranges of E? [new_idmap_permitted, verify_root_map] */
static bool may_map(const struct userns *ns, bool gid, const struct userns_extent *e, uint32_t n)
{
	const struct cred *me = &current->cred;

	for (uint32_t k = 0; k < n && !gid; k++)
		if (e[k].outside == 0 &&
		    !(current->userns == ns ? ns->owner_setfcap : capable_over(ns->parent, CAP_SETFCAP)))
			return false;
	if (n == 1 && e->count == 1 && ns->owner == me->euid && !(gid && ns->setgroups) &&
	    userns_find(ns->parent, gid, e->outside, 1) == (gid ? me->egid : me->euid))
		return true;
	return capable_over(ns->parent, gid ? CAP_SETGID : CAP_SETUID);
}

int userns_map_set(const struct task *t, bool gid, const struct userns_extent *e, uint32_t n)
{
	struct userns *ns = t->userns;
	struct userns_extent *copy;

	for (uint32_t k = 1; k <= n; k++)
		if (!well_formed(e, k))
			return -EINVAL;
	if (n == 0)
		return -EINVAL;
	if (!may_map(ns, gid, e, n))
		return -EPERM;
	copy = kmalloc(n * sizeof(*copy));
	if (copy == NULL)
		return -ENOMEM;
	for (uint32_t k = 0; k < n; k++) {
		copy[k] = e[k];
		copy[k].outside = userns_find(ns->parent, gid, e[k].outside, e[k].count);
		if (copy[k].outside == USERNS_INVALID) {
			kfree(copy);
			return -EPERM;
		}
	}
	ns->map[gid] = (struct map){ n, copy };
	return 0;
}

bool userns_setgroups_get(const struct task *t)
{
	return t->userns == NULL || t->userns->setgroups;
}

int userns_setgroups_set(const struct task *t, bool allow)
{
	struct userns *ns = t->userns;

	if (allow)
		return userns_setgroups_get(t) ? 0 : -EPERM;
	if (ns == NULL || ns->map[1].n > 0)
		return -EPERM;
	ns->setgroups = false;
	return 0;
}

bool userns_may_setgroups(void)
{
	return current->userns == NULL || (current->userns->map[1].n > 0 && current->userns->setgroups);
}
