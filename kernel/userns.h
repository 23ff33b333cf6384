/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns.h - user namespaces: a process that unshares one has every capability, over what belongs to that namespace only.
 *
 * Inside the kernel a user has one id, that of the initial namespace, which has no object (NULL). task_capable() asks for a right
 * over the machine, which nobody in a namespace has; userns_capable() for one over the current task's own namespace.
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
/* Over T's? [ns_capable(task's user_ns)] */
bool userns_capable_over(const struct task *t, unsigned cap);

/* A kernel id as the current task sees it, USERNS_NOBODY if it does not; and the way back, USERNS_INVALID if there is none. */
uint32_t userns_show_uid(uint32_t uid);
uint32_t userns_show_gid(uint32_t gid);
uint32_t userns_uid(uint32_t shown);
uint32_t userns_gid(uint32_t shown);

/* unshare(CLONE_NEWUSER): 0, -EPERM (the current ids have no name here), -ENOSPC (32 levels), -ENOMEM. */
int userns_unshare(void);

/* clone: CHILD, whose cred is a copy of the current task's, lives in the current namespace, or NEW in one of its own. Errors as above. */
int userns_enter(struct task *child, bool new);
void userns_release(struct task *t);

/*
 * The map of T's namespace, for /proc/PID/uid_map (GID false) and gid_map: at most one extent. get: false when there is none yet.
 * set, by the current task: 0, -EPERM (written before; not its own id alone, and no CAP_SETUID or CAP_SETGID over the parent
 * namespace), -EINVAL.
 */
struct userns_extent {
	uint32_t inside, outside, count; /* outside: as the current task sees it */
};
bool userns_map_get(const struct task *t, bool gid, struct userns_extent *e);
int userns_map_set(const struct task *t, bool gid, const struct userns_extent *e);
