/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree.h - trees of mounts: copied, taken away. For the calls of this folder.
 */
#pragma once

#include "mount.h"

/* May the current task mount in its namespace? [may_mount] */
bool mount_may(void);
/* Is M one of the current namespace's? [check_mnt] */
static inline bool mount_is_ours(const struct mount *m)
{
	return m != NULL && m->ns == mntns_current();
}
/* What comes behind M in a walk through the tree below TOP, from above; NULL: nothing. */
struct mount *mount_next(struct mount *m, const struct mount *top);
/*
 * A copy of what is seen at FROM, with the mounts below it if DEEP, that is nowhere yet: its
 * reference is NS's, who has all of it. NULL: -ENOMEM.
 */
[[nodiscard]] struct mount *mount_copy(struct path from, bool deep, struct mntns *ns);
/* M and all that is below it are taken away. */
void mount_remove_tree(struct mount *m);
/* A new instance of a file system in memory, with mount's options: 0, -EINVAL or -ENOMEM. */
[[nodiscard]] int tmpfs_make(char *options, struct inode **out);

extern const struct ns_kind mntns_kind;
/* Mounts that programs left in the initial namespace go. */
void mntns_purge(void);
