/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_pivot.c - pivot_root: another mount becomes the root, and the old root lies below it.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs.h"
#include "sys.h"
#include "task.h"
#include "tree.h"

/* Tasks whose root or current directory is OLD get NEW instead. [chroot_fs_refs] */
static void move_tasks(struct path old, struct path new)
{
	uint32_t worked = 0;
	struct task *t;

	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		struct fs *fs = t->fs;

		id = t->tid;
		if (fs != NULL && path_same(fs->root, old))
			fs_change(&fs->root, path_get(new));
		if (fs != NULL && path_same(fs->cwd, old))
			fs_change(&fs->cwd, path_get(new));
		(void)sched_worked(&worked, 8UL * SCHED_STEP);
	}
}

/*
 * May NEW become the root in place of ROOT, which would then be mounted at OLD? 0, or -EINVAL,
 * -ENOENT or -EBUSY, in Linux's order. [pivot_root]
 */
static int check_pivot(struct path new, struct path old, struct path root)
{
	if (!mount_is_ours(new.mount) || !mount_is_ours(root.mount) || old.mount == NULL)
		return -EINVAL;
	if ((new.mount->locked &MOUNT_LOCKED) != 0)
		return -EINVAL;
	if (new.inode->parent != NULL && !new.inode->linked)
		return -ENOENT;
	if (new.mount == root.mount || old.mount == root.mount)
		return -EBUSY;
	if (root.inode != root.mount->root || root.mount->above == NULL)
		return -EINVAL;
	if (new.inode != new.mount->root || new.mount->above == NULL)
		return -EINVAL;
	return path_is_below(old, new, false) && path_is_below(new, root, false) ? 0 : -EINVAL;
}

static int pivot_paths(struct path new, struct path old)
{
	const struct path root = path_get(current->fs->root);
	struct path below;
	int err = check_pivot(new, old, root);

	if (err == 0) {
		below = path_get((struct path){ root.mount->above, root.mount->at });
		mount_detach(new.mount);
		mount_detach(root.mount);
		if ((root.mount->locked & MOUNT_LOCKED) != 0) {
			new.mount->locked |= MOUNT_LOCKED;
			root.mount->locked &= ~MOUNT_LOCKED;
		}
		mount_attach(root.mount, mntns_current(), old);
		mount_place(new.mount, below);
		path_put(below);
		move_tasks(root, new);
	}
	path_put(root);
	return err;
}

static int find_directory(uint64_t upath, struct path *out)
{
	const int err = path_resolve_user(AT_FDCWD, upath, 0, out);

	if (err != 0 || inode_is(out->inode, S_IFDIR))
		return err;
	path_put(*out);
	return -ENOTDIR;
}

static int pivot_user(uint64_t unew, uint64_t uold)
{
	struct path new, old;
	int err = find_directory(unew, &new);

	if (err != 0)
		return err;
	err = find_directory(uold, &old);
	if (err == 0) {
		err = pivot_paths(new, old);
		path_put(old);
	}
	path_put(new);
	return err;
}

long sys_pivot_root(uint64_t unew, uint64_t uold)
{
	int err;

	if (!mount_may())
		return -EPERM;
	err = mutex_lock(&mounts_lock);
	if (err != 0)
		return err;
	err = pivot_user(unew, uold);
	mutex_unlock(&mounts_lock);
	return err;
}
