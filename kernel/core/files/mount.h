/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.h - what is mounted where. A place in the tree of files is a path: an inode, and the mount
 * through which it is seen. [fs/mount.h]
 *
 * A mount shows what is below one inode, its root, at another one, its place, which is seen through
 * the mount above. A namespace's mounts are one tree, so whoever stands in it finds its way by
 * these two alone. kernel/linux/mount makes and removes them; here are those of the start.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/errno.h>

#include "inode.h"
#include "kassert.h"
#include "list.h"
#include "ns.h"

struct mount {
	uint32_t refs; /* its namespace's, mounts on it, openings, tasks' directories, walks */
	uint32_t id;
	uint32_t flags;	     /* MOUNT_* */
	uint32_t locked;     /* those that may not be taken back, and MOUNT_LOCKED */
	struct mntns *ns;    /* NULL: it was taken away */
	struct mount *above; /* a reference; NULL: the top of its tree */
	struct inode *at;    /* a reference: where it is, seen through ABOVE */
	struct inode *root;  /* a reference */
	char *source;	     /* what was mounted, as /proc/mounts has it; allocated */
	struct list on_it;   /* mounts, by beside */
	struct list beside;
	struct list in_ns;  /* by time of mounting */
	struct mount *copy; /* the last one that was made with all its namespace */
	bool kept;	    /* made at boot: never freed */
	bool expired;	    /* MNT_EXPIRE was asked for once */
};

#define MOUNT_READONLY 1U
#define MOUNT_NOSUID 2U
#define MOUNT_NODEV 4U
#define MOUNT_NOEXEC 8U
#define MOUNT_NOATIME 16U
#define MOUNT_LOCKED 256U /* it cannot be taken away alone: it may cover something */

/* A namespace of mounts. TOP is what nobody sees: the root is mounted on it. */
struct mntns {
	struct ns ns;
	struct list mounts; /* by in_ns */
	struct mount *top;
	uint64_t changes; /* for those who poll /proc/mounts */
};

struct path {
	struct mount *mount;
	struct inode *inode;
};

extern struct mntns mntns_initial;
extern struct path path_initial; /* its root */
/* The current task's namespace. */
struct mntns *mntns_current(void);
/* T's. */
struct mntns *mntns_of(const struct task *t);

/* Called by mount_put() only: nobody has M any more, nor perhaps what is above it. */
void mount_free(struct mount *m);
static inline struct mount *mount_get(struct mount *m)
{
	KASSERT(m->refs != 0);
	m->refs++;
	return m;
}
static inline void mount_put(struct mount *m)
{
	KASSERT(m == NULL || m->refs != 0);
	if (m != NULL && --m->refs == 0)
		mount_free(m);
}
/* References to both. */
struct path path_get(struct path p);
void path_put(struct path p);
static inline bool path_same(struct path a, struct path b)
{
	return a.mount == b.mount && a.inode == b.inode;
}

/*
 * A mount of ROOT, which is nowhere yet, of SOURCE (copied): one reference, or NULL: no memory.
 */
[[nodiscard]] struct mount *mount_create(struct inode *root, const char *source, uint32_t flags);
/* M, whose reference NS takes over, is at AT from now on. */
void mount_attach(struct mount *m, struct mntns *ns, struct path at);
/* And is there no longer: what was ABOVE loses it; NS keeps it. */
void mount_detach(struct mount *m);
/* NS gives M up, which was detached: its reference goes. */
void mount_leave(struct mount *m);
/* M was never attached. */
void mount_discard(struct mount *m);

/* P becomes what is mounted there, if anything, with its references. */
void path_cross_all(struct path *p);
static inline void path_cross(struct path *p)
{
	if (p->inode->mounts_here != 0)
		path_cross_all(p);
}
/* *I, just looked up through M, becomes the place of a mount if it is the same thing. */
void mount_place_of(const struct mount *m, struct inode **i);
/* From the root of a mount to where it is mounted, as far as ROOT. */
void path_uncross(struct path *p, struct path root);
/* Is P below TOP, or TOP itself? */
bool path_is_below(struct path p, struct path top);
/*
 * Absolute path of P, from ROOT on (or, if P is not below it, from the top), into BUF, with
 * " (deleted)" when the name is gone; returns BUF, or "?" if it does not fit.
 */
const char *path_text_from(struct path p, struct path root, char *buf, size_t size);
const char *path_text(struct path p, char *buf, size_t size); /* from the current task's root on */

/* May something be written through M? 0 or -EROFS; M is NULL for what no path leads to. */
[[nodiscard]] static inline int mount_may_write(const struct mount *m)
{
	return m != NULL && (m->flags & MOUNT_READONLY) != 0 ? -EROFS : 0;
}
/* May programs be executed from there? 0 or -EACCES. [path_noexec] */
[[nodiscard]] static inline int mount_may_execute(const struct mount *m)
{
	return m != NULL && (m->flags & MOUNT_NOEXEC) != 0 ? -EACCES : 0;
}
