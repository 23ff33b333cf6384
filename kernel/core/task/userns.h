/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns.h - user namespaces. A process that makes one has every capability, but only over what
 * belongs to that namespace.
 *
 * Inside the kernel a user or group has one id, which is its number in the initial namespace, which
 * has no object (NULL). task_capable() asks for a capability over the machine, which nobody in
 * another namespace has; userns_capable() for one over the current task's own namespace.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct task;
struct userns;

#define USERNS_NOBODY 65534U /* [overflowuid] */
#define USERNS_INVALID UINT32_MAX

/* Does the current task hold CAP over its own namespace? [ns_capable(current_user_ns())] */
bool userns_capable(unsigned cap);
/* Does it hold CAP over T's namespace? [ns_capable(task's user_ns)] */
bool userns_capable_over(const struct task *t, unsigned cap);

/* Does it hold CAP over NS (NULL: the initial one)? [ns_capable] */
bool userns_capable_in(const struct userns *ns, unsigned cap);
/* Take a reference, and give one up. NULL is fine. */
struct userns *userns_get(struct userns *ns);
void userns_put(struct userns *ns);
uint32_t userns_ino(const struct userns *ns); /* its number in /proc/PID/ns */
/*
 * Stores the namespace above NS in *PARENT, without a reference; false: NS is the initial one. The
 * kernel's id of who made NS. Is NS the current task's namespace, or below it?
 */
bool userns_above(const struct userns *ns, struct userns **parent);
uint32_t userns_maker(const struct userns *ns);
bool userns_is_visible(const struct userns *ns);
/*
 * For setns: the current task enters NS, to which a reference is taken. 0, -EINVAL (it is in NS
 * already) or -EPERM (no CAP_SYS_ADMIN over NS). [userns_install]
 */
[[nodiscard]] int userns_join(struct userns *ns);

/*
 * Does it hold CAP over a file of UID and GID, and does its namespace have numbers for both?
 * [capable_wrt_inode_uidgid]
 */
bool userns_capable_file(uint32_t uid, uint32_t gid, unsigned cap);

/*
 * userns_show_*(): the number of a kernel id in the current task's namespace; USERNS_NOBODY: it has
 * none. userns_uid(), userns_gid(): the kernel id for a number there; USERNS_INVALID: there is
 * none.
 */
uint32_t userns_show_uid(uint32_t uid);
uint32_t userns_show_gid(uint32_t gid);
uint32_t userns_show_uid_to(const struct task *t, uint32_t uid); /* UID as T sees it */
uint32_t userns_uid(uint32_t shown);
uint32_t userns_gid(uint32_t shown);

/*
 * For unshare(CLONE_NEWUSER): the current task enters a new namespace. 0, -EPERM (its ids have no
 * numbers in the parent namespace), -ENOSPC (there are 33 levels) or -ENOMEM.
 */
[[nodiscard]] int userns_unshare(void);

/*
 * For clone: CHILD, whose cred is a copy of the current task's, enters the current namespace or,
 * NEW, a new one. Errors as those of userns_unshare().
 */
[[nodiscard]] int userns_enter(struct task *child, bool new);
/* T gives up its namespace. May be called twice. */
void userns_release(struct task *t);

/* The maps of T's namespace, for /proc/PID/uid_map (GID false) and gid_map (true). */

#define USERNS_EXTENTS 340U /* ranges of a map at most [UID_GID_MAP_MAX_EXTENTS] */

/* A range of COUNT numbers: from INSIDE on in the namespace, from OUTSIDE on in another one. */
struct userns_extent {
	uint32_t inside, outside, count;
};
/*
 * Stores range N of the map in *E. Its OUTSIDE is a number of the current task's namespace or, if
 * that is T's namespace itself, of the one above. False: there are no more.
 */
bool userns_map_extent(const struct task *t, bool gid, uint32_t n, struct userns_extent *e);
/*
 * May the current task write the map? 0, or -EPERM: it is the initial namespace's, the current task
 * is neither in the namespace nor in the one above, the map was written before, or there is no
 * CAP_SYS_ADMIN over the namespace.
 */
[[nodiscard]] int userns_map_may_set(const struct task *t, bool gid);
/*
 * After userns_map_may_set(): makes the N ranges of E the map. 0, -EINVAL (no ranges, empty or
 * overlapping ones), -EPERM or -ENOMEM. -EPERM: the map has more than the maker's own id, and there
 * is no CAP_SETUID or CAP_SETGID over the namespace above; or ids have no meaning there.
 * [map_write]
 */
[[nodiscard]] int userns_map_set(const struct task *t, bool gid, const struct userns_extent *e, uint32_t n);

/*
 * For /proc/PID/setgroups: may the tasks of T's namespace call setgroups(2), once its groups are
 * mapped? userns_setgroups_set(): 0, or -EPERM (it is to be allowed, and was forbidden; or to be
 * forbidden, and the groups are mapped already). [proc_setgroups_write]
 */
bool userns_setgroups_get(const struct task *t);
[[nodiscard]] int userns_setgroups_set(const struct task *t, bool allow);
/* Does its namespace let the current task call setgroups(2)? [userns_may_setgroups] */
bool userns_may_setgroups(void);
