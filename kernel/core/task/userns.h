/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns.h - user namespaces. A process that makes one has every capability, but only over what
 * belongs to that namespace.
 *
 * Inside the kernel a user has one id, that of the initial namespace, which has no object (NULL).
 * task_capable() asks for a capability over the machine, which nobody in another namespace has;
 * userns_capable() for one over the current task's own namespace.
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
struct userns *userns_get(struct userns *ns); /* NULL is fine */
void userns_put(struct userns *ns);
uint32_t userns_ino(const struct userns *ns);
/* setns: the current task enters NS: 0, -EINVAL (it is there), -EPERM, with a reference taken. */
[[nodiscard]] int userns_join(struct userns *ns);

/*
 * Does it hold CAP over a file of UID and GID, and does its namespace have numbers for both?
 * [capable_wrt_inode_uidgid]
 */
bool userns_capable_file(uint32_t uid, uint32_t gid, unsigned cap);

/*
 * A kernel id as the current task sees it, or USERNS_NOBODY when it has no number there; and the
 * kernel id for a number, or USERNS_INVALID.
 */
uint32_t userns_show_uid(uint32_t uid);
uint32_t userns_show_gid(uint32_t gid);
uint32_t userns_show_uid_to(const struct task *t, uint32_t uid); /* UID as T sees it */
uint32_t userns_uid(uint32_t shown);
uint32_t userns_gid(uint32_t shown);

/*
 * unshare(CLONE_NEWUSER): 0, -EPERM (the current ids have no numbers in the parent namespace),
 * -ENOSPC (33 levels), -ENOMEM.
 */
[[nodiscard]] int userns_unshare(void);

/*
 * clone: CHILD, whose cred is a copy of the current task's, will live in the current namespace or,
 * NEW, in one of its own. Errors as above.
 */
[[nodiscard]] int userns_enter(struct task *child, bool new);
void userns_release(struct task *t);

/*
 * The maps of T's namespace, for /proc/PID/uid_map (GID false) and gid_map: up to USERNS_EXTENTS
 * ranges of ids.
 * extent: range N; OUTSIDE: as the current task's namespace numbers it, or, from inside that
 * namespace, as the one above does. False: there are no more.
 * may_set: 0, or -EPERM (the initial namespace's map; somebody else's; written before; no
 * CAP_SYS_ADMIN over it).
 * set, after may_set: 0, -EINVAL (no ranges; empty or overlapping ones), -EPERM (neither only its
 * maker's own id, nor with CAP_SETUID or CAP_SETGID over the namespace above; ids that have no
 * meaning there), -ENOMEM. [map_write]
 */
#define USERNS_EXTENTS 340U

struct userns_extent {
	uint32_t inside, outside, count;
};
bool userns_map_extent(const struct task *t, bool gid, uint32_t n, struct userns_extent *e);
[[nodiscard]] int userns_map_may_set(const struct task *t, bool gid);
[[nodiscard]] int userns_map_set(const struct task *t, bool gid, const struct userns_extent *e, uint32_t n);

/*
 * /proc/PID/setgroups: may T's namespace call setgroups(2), once its groups are mapped? set: 0, or
 * -EPERM (it is forbidden already; or it is to be forbidden, and the groups are mapped already).
 * [proc_setgroups_write]
 */
bool userns_setgroups_get(const struct task *t);
[[nodiscard]] int userns_setgroups_set(const struct task *t, bool allow);
/* Does the current task's namespace let it call setgroups(2)? [userns_may_setgroups] */
bool userns_may_setgroups(void);
