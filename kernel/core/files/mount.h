/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.h - mounts: what is mounted where. A place in the tree of files is a struct path: an inode,
 * and the mount through which it is seen. [fs/mount.h]
 *
 * A mount has a root, the inode whose files it shows, and a mount point, the place where it shows
 * them: an inode seen through the mount above. The mounts of a namespace form one tree. The boot
 * makes the first ones; kernel/linux/mount has the calls that make and remove others.
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
#include "waitq.h"

struct mount {
	uint32_t refs; /* held by its namespace, by the mounts on it, by open files, tasks' directories and walks */
	uint32_t id;
	uint32_t flags;	     /* MOUNT_* */
	uint32_t locked;     /* those of `flags` that may not be cleared, and MOUNT_LOCKED */
	struct mntns *ns;    /* NULL: it was unmounted */
	struct mount *above; /* a reference; NULL: it is the top of its tree */
	struct inode *at;    /* a reference: its mount point, seen through `above` */
	struct inode *root;  /* a reference */
	char *source;	     /* what was mounted, as /proc/mounts has it; allocated */
	struct list on_it;   /* the mounts whose mount points are seen through this one, by `beside` */
	struct list beside;
	struct list in_ns;  /* in its namespace, in order of mounting */
	struct mount *copy; /* its copy in the tree that mount_copy() made last */
	bool kept;	    /* made at boot: never freed */
	bool expired;	    /* umount2 with MNT_EXPIRE was called, and nobody has used the mount since */
};

#define MOUNT_READONLY 1U
#define MOUNT_NOSUID 2U
#define MOUNT_NODEV 4U
#define MOUNT_NOEXEC 8U
#define MOUNT_NOATIME 16U
#define MOUNT_LOCKED 256U /* it cannot be unmounted alone, because it may hide files below it [MNT_LOCKED] */

/* A mount namespace. Its root directory is mounted on TOP, which no program sees. */
struct mntns {
	struct ns ns;
	struct list mounts; /* by in_ns */
	uint32_t count;	    /* of them */
	struct mount *top;
	uint64_t changes; /* for those who poll /proc/mounts */
};

/* A place in the tree of files. mount is NULL for what no path leads to. */
struct path {
	struct mount *mount;
	struct inode *inode;
};

extern struct mntns mntns_initial;
extern struct waitq mounts_changed; /* woken when `changes` of a namespace has grown */
extern struct path path_initial;    /* its root */
/* The id of M that programs see; of what is in no mount (NULL), the first one's. */
static inline uint32_t mount_shown_id(const struct mount *m)
{
	return m != NULL ? m->id : mntns_initial.top->id;
}
/* The mount namespace of the current task; of T. */
struct mntns *mntns_current(void);
struct mntns *mntns_of(const struct task *t);

/* For mount_put(): frees M, which has no references, and each mount above that only it has held. */
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
	if (m == NULL)
		return;
	m->expired = false;
	if (--m->refs == 0)
		mount_free(m);
}
/* Take and give up a reference to P's inode and one to its mount, which may be NULL. */
struct path path_get(struct path p);
void path_put(struct path p);
static inline bool path_same(struct path a, struct path b)
{
	return a.mount == b.mount && a.inode == b.inode;
}

/*
 * Makes a mount of ROOT that is not attached yet. SOURCE, which is copied, is what /proc/mounts
 * shows as mounted. Returns it with one reference; NULL: no memory.
 */
[[nodiscard]] struct mount *mount_create(struct inode *root, const char *source, uint32_t flags);
/*
 * Mounts M at AT in NS; with AT.mount NULL, M becomes the top of NS's tree. If M was in no
 * namespace, NS takes over the caller's reference. [attach_mnt]
 */
void mount_attach(struct mount *m, struct mntns *ns, struct path at);
/*
 * Takes M from its mount point, and gives up the references to that and to the mount above. M stays
 * in its namespace.
 */
void mount_detach(struct mount *m);
/* M, which was detached, leaves its namespace, which gives up its reference. */
void mount_leave(struct mount *m);
/* Gives up the caller's reference to M, which was never attached. */
void mount_discard(struct mount *m);

/*
 * If something is mounted at P, makes *P the root of the topmost mount there. References move along
 * with *P. [traverse_mounts]
 */
void path_cross_all(struct path *p);
static inline void path_cross(struct path *p)
{
	if (p->inode->mounts_here != 0)
		path_cross_all(p);
}
/*
 * *I was just looked up through M, and may be another inode for the same file than last time, as in
 * /proc. If a mount on M has that file as its mount point, makes *I the inode of that mount point.
 * The reference moves along.
 */
void mount_place_of(const struct mount *m, struct inode **i);
/*
 * As long as *P is the root of a mount, but not ROOT, makes *P the mount point of that mount.
 * References move along. [follow_up]
 */
void path_uncross(struct path *p, struct path root);
/*
 * Is P below TOP, or TOP itself? TOO_FAR is the answer if that does not show within PATH_STEPS
 * steps towards the top: folders and mounts may be nested as deep as memory allows.
 */
#define PATH_STEPS 32768U
bool path_is_below(struct path p, struct path top, bool too_far);
/*
 * Writes the absolute path of P as seen from ROOT to BUF; if P is not below ROOT, from the top of
 * its tree on. Appends " (deleted)" if the name is gone. Returns BUF, or "?" if it does not fit.
 * path_text(): from the current task's root on.
 */
const char *path_text_from(struct path p, struct path root, char *buf, size_t size);
const char *path_text(struct path p, char *buf, size_t size);

/* May anything be written through M (NULL is fine)? 0 or -EROFS. */
[[nodiscard]] static inline int mount_may_write(const struct mount *m)
{
	return m != NULL && (m->flags & MOUNT_READONLY) != 0 ? -EROFS : 0;
}
/* May programs be executed through M (NULL is fine)? 0 or -EACCES. [path_noexec] */
[[nodiscard]] static inline int mount_may_execute(const struct mount *m)
{
	return m != NULL && (m->flags & MOUNT_NOEXEC) != 0 ? -EACCES : 0;
}
