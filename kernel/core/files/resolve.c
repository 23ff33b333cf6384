/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * resolve.c - what a path leads to, for calls that need no more of a walk (walk.c) than that; and
 * making a file at a path. fs.h has the contracts.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "fs.h"
#include "task.h"

int path_find_start(int dirfd, struct path *out)
{
	struct file *f;

	if (dirfd == AT_FDCWD) {
		*out = path_get(current->fs->cwd);
		return 0;
	}
	f = fd_get_any((uint32_t)dirfd);
	if (f == NULL)
		return -EBADF;
	*out = path_get((struct path){ f->mount, f->inode });
	file_put(f);
	return 0;
}

int path_resolve(int dirfd, const char *path, bool follow, struct path *out)
{
	struct walk w;
	int err = path_walk(dirfd, path, follow ? WALK_FOLLOW : 0, &w);

	if (err != 0)
		return err;
	*out = (struct path){ w.to, w.inode };
	path_put((struct path){ w.mount, w.dir });
	return 0;
}

int path_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct path *out)
{
	char *path;
	int err = path_copy(upath, (flags & AT_EMPTY_PATH) != 0, &path);

	if (err != 0)
		return err;
	if (path[0] == '\0')
		err = path_find_start(dirfd, out);
	else
		err = path_resolve(dirfd, path, (flags & AT_SYMLINK_NOFOLLOW) == 0, out);
	path_free(path);
	return err;
}

int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out)
{
	struct path p;
	int err = path_resolve(dirfd, path, follow, &p);

	if (err != 0)
		return err;
	*out = p.inode;
	mount_put(p.mount);
	return 0;
}

int fs_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct inode **out)
{
	struct path p;
	int err = path_resolve_user(dirfd, upath, flags, &p);

	if (err != 0)
		return err;
	*out = p.inode;
	mount_put(p.mount);
	return 0;
}

struct inode *fs_lookup(const char *path)
{
	struct walk w;
	struct inode *i;

	if (path_walk(AT_FDCWD, path, WALK_FOLLOW | WALK_KERNEL, &w) != 0)
		return NULL;
	i = inode_get(w.inode);
	walk_end(&w);
	return i;
}

int path_make(int dirfd, const char *path, uint32_t mode, struct inode **out)
{
	struct walk w;
	int err = path_walk(dirfd, path, WALK_MISSING, &w);

	if (err != 0)
		return err;
	if (w.inode != NULL)
		err = -EEXIST;
	else if (w.slash && !((mode & S_IFMT) == S_IFDIR))
		err = -ENOENT;
	else
		err = mount_may_write(w.mount);
	if (err == 0)
		err = tree_may_add(w.dir);
	if (err == 0 && ((mode & S_IFMT) == S_IFCHR || (mode & S_IFMT) == S_IFBLK) && !task_capable(CAP_MKNOD))
		err = -EPERM;
	if (err == 0)
		err = tree_create(w.dir, w.name, w.name_len, mode, out);
	walk_end(&w);
	return err;
}
