/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_open.c - openat: checks flags against each other, finds or makes the file, and refuses in
 * Linux's order.
 */
#include "open.h"

#include <abi/errno.h>

#include "file.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

int open_check_flags(struct open_args *a, bool strict)
{
	static const unsigned needs[] = { MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE, MAY_READ | MAY_WRITE };
	const uint32_t with_path = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	const uint32_t tmpfile = O_TMPFILE & ~(uint32_t)O_DIRECTORY;

	a->may = needs[a->flags & O_ACCMODE];
	if (strict && (a->flags & (O_CREAT | tmpfile)) == 0 && a->mode != 0)
		return -EINVAL;
	if ((a->flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT))
		return -EINVAL;
	if (a->flags & tmpfile) {
		if ((a->flags & (O_TMPFILE | O_CREAT)) != O_TMPFILE || (a->may & MAY_WRITE) == 0)
			return -EINVAL;
	}
	if (a->flags & O_PATH) {
		if (strict && (a->flags & ~with_path) != 0)
			return -EINVAL;
		a->flags &= with_path;
		a->may = 0;
	}
	if (a->flags & O_TRUNC)
		a->may |= MAY_WRITE;
	a->flags |= (a->flags & O_PATH) == 0 ? O_LARGEFILE : 0;
	return 0;
}

/* May the inode that was found be opened like this? [do_open, may_open] */
static int check_found(const struct open_args *a, const struct walk *w)
{
	const struct inode *i = w->inode;
	int err;

	if (a->flags & O_CREAT) {
		if ((a->flags & O_EXCL) != 0)
			return -EEXIST;
		if (inode_is(i, S_IFDIR))
			return -EISDIR;
	}
	if (((a->flags & O_DIRECTORY) != 0 || w->slash) && !inode_is(i, S_IFDIR))
		return -ENOTDIR;
	if (a->flags & O_PATH)
		return 0;
	if (inode_is(i, S_IFLNK))
		return -ELOOP;
	if (inode_is(i, S_IFDIR) && (a->may & MAY_WRITE) != 0)
		return -EISDIR;
	if ((inode_is(i, S_IFCHR) || inode_is(i, S_IFBLK)) && w->to != NULL && (w->to->flags & MOUNT_NODEV) != 0)
		return -EACCES;
	err = inode_permission(i, a->may);
	if (err == 0 && (a->may & MAY_WRITE) != 0 && inode_is_stored(i))
		err = mount_may_write(w->to);
	if (err == 0 && (a->flags & O_NOATIME) != 0 && !inode_owned(i))
		err = -EPERM;
	return err == 0 && (a->may & MAY_WRITE) != 0 && i->writers < 0 ? -ETXTBSY : err;
}

static int create_missing(const struct open_args *a, struct walk *w)
{
	int err = mount_may_write(w->mount);

	if (err == 0)
		err = tree_may_add(w->dir);
	if (err != 0)
		return err;
	w->to = w->mount != NULL ? mount_get(w->mount) : NULL;
	return tree_create(w->dir, w->name, w->name_len, S_IFREG | (a->mode & 07777 & ~current->fs->umask), &w->inode);
}

/* Makes a file without a name in the directory that was found. */
static int create_unnamed(const struct open_args *a, struct walk *w)
{
	struct inode *i;
	int err = inode_is(w->inode, S_IFDIR) ? mount_may_write(w->to) : -ENOTDIR;

	if (err == 0)
		err = tree_may_add(w->inode);
	if (err != 0)
		return err;
	i = inode_create(w->inode->volume, S_IFREG | (a->mode & 07777 & ~current->fs->umask));
	if (i == NULL)
		return -ENOMEM;
	i->nlink = 0;
	i->linkable = (a->flags & O_EXCL) == 0;
	i->parent = inode_get(w->inode); /* this also keeps the volume */
	inode_put(w->inode);
	w->inode = i;
	return 0;
}

static int open_path(int dirfd, const char *path, struct open_args *a, struct file **out)
{
	bool create = (a->flags & O_CREAT) != 0;
	bool follow = (a->flags & O_NOFOLLOW) == 0 && (a->flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
	struct walk w;
	int err = path_walk(dirfd, path, a->walk | (follow ? WALK_FOLLOW : 0) | (create ? WALK_MISSING : 0), &w);

	if (err != 0)
		return err;
	if (create && w.slash && w.last == WALK_NAME)
		err = -EISDIR;
	else if (w.inode == NULL)
		err = create_missing(a, &w);
	else if ((a->flags & O_TMPFILE) == O_TMPFILE)
		err = create_unnamed(a, &w);
	else
		err = check_found(a, &w);
	if (err == 0 && (a->flags & O_DIRECT) != 0)
		err = -EINVAL;
	if (err == 0 && (a->flags & O_TRUNC) != 0 && inode_is(w.inode, S_IFREG) && w.inode->size != 0)
		err = inode_truncate(w.inode, 0);
	if (err == 0)
		err = file_open(w.inode, w.to, a->flags, out);
	walk_end(&w);
	return err;
}

long open_at(int dirfd, uint64_t upath, struct open_args *a)
{
	struct file *f = NULL;
	char *path;
	long fd;
	int err = path_copy(upath, false, &path);

	if (err != 0)
		return err;
	/* EMFILE comes before any error of the path. */
	fd = fd_reserve(current->files);
	if (fd >= 0) {
		err = open_path(dirfd, path, a, &f);
		fd = err != 0 ? err : fd_install(current->files, f, 0, (a->flags & O_CLOEXEC) != 0);
	}
	path_free(path);
	return fd;
}

long sys_openat(uint64_t dirfd, uint64_t path, uint64_t flags, uint64_t mode)
{
	struct open_args a = { .flags = (uint32_t)flags, .mode = (uint32_t)mode & 07777 };
	int err = open_check_flags(&a, false);

	return err != 0 ? err : open_at((int)dirfd, path, &a);
}
