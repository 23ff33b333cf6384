/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree.h - trees of mounts: walks through them, copies and removes them. For the calls of this
 * folder.
 */
#pragma once

#include "mount.h"

/* May the current task mount in its namespace? [may_mount] */
bool mount_may(void);
/* Is M in the current task's mount namespace? [check_mnt] */
static inline bool mount_is_ours(const struct mount *m)
{
	return m != NULL && m->ns == mntns_current();
}
/*
 * The most mounts that a namespace can have. Linux's limit, fs.mount-max, is 100000. It is lower
 * here because a walk through a path may look at all mounts for each name.
 */
#define MOUNTS_MAX 1000U
/* Held by whatever changes trees of mounts or copies them. [namespace_lock] */
extern struct mutex mounts_lock;
#define MOUNT_WORK (32 * SCHED_STEP) /* looking at a mount, or copying or removing it */
/* The mount after M in a preorder walk through the tree with the top TOP; NULL: M is the last. */
struct mount *mount_next(struct mount *m, const struct mount *top);
/*
 * Copies the mount of FROM, with FROM as its root; DEEP: and the mounts below FROM. The copies
 * belong to NS, which holds the references; the first of them is not mounted anywhere yet. 0 with
 * it in *OUT, -ENOMEM, -ENOSPC (too many for NS) or -EINTR. [copy_tree]
 */
[[nodiscard]] int mount_copy(struct path from, bool deep, struct mntns *ns, struct mount **out);
/* The mounts of NS have changed: tells those who poll /proc/mounts. [touch_mnt_namespace] */
void mntns_touch(struct mntns *ns);
/* Mounts M at P, in the current task's namespace, and tells. */
void mount_place(struct mount *m, struct path p);
/* Unmounts M and all mounts below it; lets others run. [umount_tree] */
void mount_remove_tree(struct mount *m);
/*
 * Makes a file system in memory, as mount's OPTIONS say, which it cuts into pieces: 0 with a
 * reference to its root in *OUT, -EINVAL or -ENOMEM. [shmem_fill_super]
 */
[[nodiscard]] int tmpfs_make(char *options, struct inode **out);

extern const struct ns_kind mntns_kind;
/* Unmounts what programs have mounted in the initial namespace. For the leak check. */
void mntns_purge(void);
