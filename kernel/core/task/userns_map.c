/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns_map.c - which numbers users and groups have in a user namespace, as its maps in /proc say;
 * and whether setgroups(2) is allowed there. [kernel/user_namespace.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "page.h"
#include "task.h"
#include "userns.h"
#include "userns_own.h"

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
	return ns->map[gid].n > 0 || !userns_capable_in(ns, CAP_SYS_ADMIN) ? -EPERM : 0;
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
		    !(current->userns == ns ? ns->owner_setfcap : userns_capable_in(ns->parent, CAP_SETFCAP)))
			return false;
	if (n == 1 && e->count == 1 && ns->owner == me->euid && !(gid && ns->setgroups) &&
	    userns_find(ns->parent, gid, e->outside, 1) == (gid ? me->egid : me->euid))
		return true;
	return userns_capable_in(ns->parent, gid ? CAP_SETGID : CAP_SETUID);
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
