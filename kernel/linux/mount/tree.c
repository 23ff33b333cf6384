/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree.c - trees of mounts: walks through them, copies and removes them. Also mount namespaces,
 * each of which has one tree. [copy_tree, umount_tree, copy_mnt_ns]
 */
#include "tree.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "fs.h"
#include "page.h"
#include "task.h"
#include "userns.h"

#define INITIAL_NUMBER 4026531841U

struct mutex mounts_lock = MUTEX_INIT(mounts_lock);

bool mount_may(void)
{
	return userns_capable_in(ns_owner(current->ns[NS_MNT]), CAP_SYS_ADMIN);
}

struct mount *mount_next(struct mount *m, const struct mount *top)
{
	if (!list_empty(&m->on_it))
		return container_of(m->on_it.next, struct mount, beside);
	for (; m != top; m = m->above)
		if (m->beside.next != &m->above->on_it)
			return container_of(m->beside.next, struct mount, beside);
	return NULL;
}

/*
 * Is I TOP, or below it in its file system? True also if that does not show within PATH_STEPS
 * steps. Adds the work to *WORKED, for sched_worked().
 */
static bool lies_below(const struct inode *i, const struct inode *top, uint32_t *worked)
{
	for (unsigned n = 0; i != NULL && i != top && n < PATH_STEPS; i = i->parent, n++)
		*worked += SCHED_STEP / 4;
	return i != NULL;
}

/* Copies M alone, with ROOT as its root, to m->copy: that, or NULL (no memory). [clone_mnt] */
static struct mount *copy_one(struct mount *m, struct inode *root)
{
	struct mount *new = mount_create(root, m->source, m->flags);

	if (new != NULL)
		new->locked = m->locked;
	m->copy = new;
	return new;
}

int mount_copy(struct path from, bool deep, struct mntns *ns, struct mount **out)
{
	struct mount *top;
	uint32_t worked = 0;
	int err = 0;

	if (ns->count >= MOUNTS_MAX)
		return -ENOSPC;
	top = copy_one(from.mount, from.inode);
	if (top == NULL)
		return -ENOMEM;
	mount_attach(top, ns, (struct path){ NULL, NULL });
	top->locked &= ~MOUNT_LOCKED;
	for (struct mount *m = mount_next(from.mount, from.mount); deep && m != NULL; m = mount_next(m, from.mount)) {
		struct mount *above = m->above->copy;

		m->copy = NULL;
		if (sched_worked(&worked, MOUNT_WORK))
			err = -EINTR;
		else if (above == NULL || (m->above == from.mount && !lies_below(m->at, from.inode, &worked)))
			continue; /* it is not below FROM */
		else if (ns->count >= MOUNTS_MAX)
			err = -ENOSPC;
		else if (copy_one(m, m->root) == NULL)
			err = -ENOMEM;
		if (err != 0) {
			mount_remove_tree(top);
			return err;
		}
		mount_attach(m->copy, ns, (struct path){ above, m->at });
	}
	*out = top;
	return 0;
}

void mntns_touch(struct mntns *ns)
{
	ns->changes++;
	waitq_wake(&mounts_changed);
}

void mount_place(struct mount *m, struct path p)
{
	mount_attach(m, mntns_current(), p);
	mntns_touch(mntns_current());
}

void mount_remove_tree(struct mount *m)
{
	struct mntns *ns = m->ns;
	struct mount *leaf = m, *above;
	uint32_t worked = 0;

	do {
		while (!list_empty(&leaf->on_it))
			leaf = container_of(leaf->on_it.next, struct mount, beside);
		above = leaf != m ? leaf->above : NULL;
		mount_detach(leaf);
		mount_leave(leaf);
		(void)sched_worked(&worked, MOUNT_WORK);
		leaf = above;
	} while (leaf != NULL);
	mntns_touch(ns);
}

/* ---- namespaces ---- */

/* If P lies in OLD, it becomes the same place in the namespace that was just copied from OLD. */
static void move_to_copy(struct path *p, const struct mntns *old)
{
	if (p->mount != NULL && p->mount->ns == old)
		fs_change(p, path_get((struct path){ p->mount->copy, p->inode }));
}

/*
 * Locks the mounts of NS, which belongs to another user namespace than the one it was copied from.
 * They keep their flags, and cannot be unmounted one by one, as each may hide files below it.
 * [lock_mnt_tree]
 */
static void lock_tree(struct mntns *ns)
{
	list_for_each(link, &ns->mounts) {
		struct mount *m = container_of(link, struct mount, in_ns);

		m->locked = m->flags | MOUNT_LOCKED;
	}
}

static int copy_namespace(struct task *t, struct ns **out)
{
	const struct mntns *old = mntns_current();
	struct mntns *new = kmalloc(sizeof(*new));
	int err;

	if (new == NULL)
		return -ENOMEM;
	list_init(&new->mounts);
	err = mount_copy((struct path){ old->top, old->top->root }, true, new, &new->top);
	if (err != 0) {
		kfree(new);
		return err;
	}
	new->top->locked = old->top->locked;
	ns_init(&new->ns, t);
	if (new->ns.owner != old->ns.owner)
		lock_tree(new);
	move_to_copy(&t->fs->root, old);
	move_to_copy(&t->fs->cwd, old);
	*out = &new->ns;
	return 0;
}

static int mntns_create(struct task *t, struct ns **out)
{
	int err;

	if (t->fs == current->fs && t != current)
		return -EINVAL;
	err = mutex_lock(&mounts_lock);
	if (err != 0)
		return err;
	err = copy_namespace(t, out);
	mutex_unlock(&mounts_lock);
	return err;
}

/* No task is in the namespace any more, so nobody else changes its tree: no mounts_lock. */
static void mntns_free(struct ns *ns)
{
	struct mntns *m = container_of(ns, struct mntns, ns);

	mount_remove_tree(m->top);
	KASSERT(list_empty(&m->mounts));
	kfree(m);
}

/*
 * The current task gets the root directory of the namespace that it enters as its root and as its
 * current directory. [mntns_install]
 */
static int mntns_enter(struct ns *ns)
{
	struct mntns *m = ns != NULL ? container_of(ns, struct mntns, ns) : &mntns_initial;
	struct path root;

	if (!userns_capable(CAP_SYS_CHROOT))
		return -EPERM;
	if (current->fs->refs != 1)
		return -EINVAL;
	root = path_get((struct path){ m->top, m->top->root });
	path_cross(&root);
	fs_change(&current->fs->root, path_get(root));
	fs_change(&current->fs->cwd, root);
	return 0;
}

const struct ns_kind mntns_kind = {
	.name = "mnt",
	.flag = CLONE_NEWNS,
	.initial = INITIAL_NUMBER,
	.create = mntns_create,
	.free = mntns_free,
	.enter = mntns_enter,
};

void mntns_purge(void)
{
	struct mount *m = mntns_initial.top, *next;

	for (; m != NULL; m = next) {
		next = mount_next(m, mntns_initial.top);
		if (m->kept)
			continue;
		mount_remove_tree(m);
		next = mntns_initial.top; /* start again: the next mount may have been below M */
	}
}
