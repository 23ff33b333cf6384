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
#include "userns_own.h"

#define LEVELS_MAX 32 /* of a namespace that makes one [create_user_ns] */

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

bool userns_capable_in(const struct userns *ns, unsigned cap)
{
	for (; userns_level(ns) > userns_level(current->userns); ns = ns->parent)
		if (ns->parent == current->userns && ns->owner == current->cred.euid)
			return true;
	return ns == current->userns && userns_capable(cap);
}

bool userns_capable_over(const struct task *t, unsigned cap)
{
	return userns_capable_in(t->userns, cap);
}

uint32_t userns_ino(const struct userns *ns)
{
	return ns != NULL ? ns->ino : NS_USER_INITIAL;
}

/* ---- ids ---- */

uint32_t userns_show(const struct userns *ns, bool gid, uint32_t id)
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

uint32_t userns_find(const struct userns *ns, bool gid, uint32_t first, uint32_t count)
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
	if (!userns_capable_in(ns, CAP_SYS_ADMIN))
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

/* ---- for files that stand for namespaces ---- */

bool userns_above(const struct userns *ns, struct userns **parent)
{
	*parent = ns != NULL ? ns->parent : NULL;
	return ns != NULL;
}

uint32_t userns_maker(const struct userns *ns)
{
	return ns != NULL ? ns->owner : 0;
}

bool userns_is_visible(const struct userns *ns)
{
	while (userns_level(ns) > userns_level(current->userns))
		ns = ns->parent;
	return ns == current->userns;
}
