/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_names.c - the calls that make, move and remove names: mkdirat, mknodat,
 * symlinkat, linkat, unlinkat, renameat2.
 *
 * The order of refusals is Linux's [fs/namei.c].
 */
#include <string.h>

#include <abi/capability.h>

#include "absent.h"
#include "file.h"
#include "sys.h"
#include "task.h"

/* ---- making ---- */

/* path_make() for a path in user memory. */
static int names_make(int dirfd, uint64_t upath, uint32_t mode, struct inode **out)
{
	char *path;
	int err = path_copy(upath, false, &path);

	if (err != 0)
		return err;
	err = path_make(dirfd, path, mode, out);
	path_free(path);
	return err;
}

long sys_mkdirat(uint64_t dirfd, uint64_t path, uint64_t mode)
{
	struct inode *i;
	int err = names_make((int)dirfd, path, S_IFDIR | ((uint32_t)mode & 01777 & ~current->fs->umask), &i);

	if (err == 0)
		inode_put(i);
	return err;
}

long sys_mknodat(uint64_t dirfd, uint64_t path, uint64_t umode, uint64_t rdev)
{
	uint32_t mode = (uint32_t)umode & 07777 & ~current->fs->umask, type = (uint32_t)umode & S_IFMT;
	struct inode *i;
	int err;

	if (type == 0)
		type = S_IFREG;
	if (type != S_IFREG && type != S_IFCHR && type != S_IFBLK && type != S_IFIFO && type != S_IFSOCK)
		return type == S_IFDIR ? -EPERM : -EINVAL;
	err = names_make((int)dirfd, path, type | mode, &i);
	if (err != 0)
		return err;
	if (type == S_IFCHR || type == S_IFBLK)
		i->rdev = (uint32_t)rdev;
	inode_put(i);
	return 0;
}

long sys_symlinkat(uint64_t target, uint64_t dirfd, uint64_t path)
{
	struct inode *i;
	char *text;
	int err = path_copy(target, false, &text);

	if (err != 0)
		return err;
	err = names_make((int)dirfd, path, S_IFLNK | 0777, &i);
	if (err == 0) {
		err = inode_set_target(i, text, strlen(text));
		if (err != 0)
			tree_unlink(i);
		inode_put(i);
	}
	path_free(text);
	return err;
}

/* [do_linkat, vfs_link] */
static int link_to(struct path from, int dirfd, const char *path)
{
	struct inode *i = from.inode;
	struct walk w;
	int err = path_walk(dirfd, path, WALK_MISSING, &w);

	if (err != 0)
		return err;
	if (w.inode != NULL)
		err = -EEXIST;
	else if (w.slash)
		err = -ENOENT;
	else if (w.dir->volume->readonly || mount_may_write(w.mount) != 0)
		err = -EROFS;
	else if (from.mount != w.mount || i->volume != w.dir->volume)
		err = -EXDEV;
	else
		err = tree_may_add(w.dir);
	if (err == 0 && i->nlink == 0 && !i->linkable)
		err = -ENOENT;
	if (err == 0 && inode_is(i, S_IFDIR))
		err = -EPERM;
	if (err == 0)
		err = tree_link_hard(w.dir, i, w.name, w.name_len);
	if (err == 0)
		i->linkable = false;
	walk_end(&w);
	return err;
}

long sys_linkat(uint64_t from_fd, uint64_t from, uint64_t to_fd, uint64_t to, uint64_t flags)
{
	uint32_t how = (uint32_t)flags & AT_EMPTY_PATH;
	struct path p;
	char *path;
	int err;

	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (how != 0 && !task_capable(CAP_DAC_READ_SEARCH))
		return -ENOENT;
	if ((flags & AT_SYMLINK_FOLLOW) == 0)
		how |= AT_SYMLINK_NOFOLLOW;
	err = path_resolve_user((int)from_fd, from, how, &p);
	if (err != 0)
		return err;
	err = path_copy(to, false, &path);
	if (err == 0) {
		err = link_to(p, (int)to_fd, path);
		path_free(path);
	}
	path_put(p);
	return err;
}

/* ---- removing ---- */

/* The entry of the tree that W led to. */
static struct inode *names_entry_of(const struct walk *w)
{
	struct inode *i = tree_find(w->dir, w->name, w->name_len);

	return i != NULL ? i : w->inode;
}

static int check_directory(const struct walk *w)
{
	int err;

	switch (w->last) {
	case WALK_DOT:
		return -EINVAL;
	case WALK_DOTDOT:
		return -ENOTEMPTY;
	case WALK_ROOT:
		return -EBUSY;
	case WALK_NAME:
	case WALK_JUMP:
		break;
	}
	if (w->dir->volume->readonly || mount_may_write(w->mount) != 0)
		return -EROFS;
	if (w->inode == NULL)
		return -ENOENT;
	err = tree_may_remove(names_entry_of(w));
	if (err != 0)
		return err;
	if (!inode_is(w->inode, S_IFDIR))
		return -ENOTDIR;
	return tree_is_empty(w->inode) ? 0 : -ENOTEMPTY;
}

static int check_file(const struct walk *w)
{
	int err;

	if (w->last != WALK_NAME)
		return -EISDIR;
	if (w->dir->volume->readonly || mount_may_write(w->mount) != 0)
		return -EROFS;
	if (w->inode == NULL)
		return -ENOENT;
	if (w->slash)
		return inode_is(w->inode, S_IFDIR) ? -EISDIR : -ENOTDIR;
	err = tree_may_remove(names_entry_of(w));
	if (err != 0 && err != -EBUSY)
		return err;
	return inode_is(w->inode, S_IFDIR) ? -EISDIR : 0;
}

long sys_unlinkat(uint64_t dirfd, uint64_t upath, uint64_t flags)
{
	struct walk w;
	char *path;
	int err;

	if ((uint32_t)flags & ~(uint32_t)AT_REMOVEDIR)
		return -EINVAL;
	err = path_copy(upath, false, &path);
	if (err != 0)
		return err;
	err = path_walk((int)dirfd, path, WALK_MISSING, &w);
	if (err == 0) {
		err = (flags & AT_REMOVEDIR) != 0 ? check_directory(&w) : check_file(&w);
		if (err == 0)
			tree_unlink(names_entry_of(&w));
		walk_end(&w);
	}
	path_free(path);
	return err;
}

/* ---- renaming ---- */

/* True also if it does not show within PATH_STEPS steps. Only directories have something below. */
static bool names_is_below(const struct inode *i, const struct inode *above)
{
	for (unsigned n = 0; n < PATH_STEPS && inode_is(above, S_IFDIR); n++, i = i->parent)
		if (i == NULL || i == above)
			return i != NULL;
	return inode_is(above, S_IFDIR);
}

/* [do_renameat2, vfs_rename] */
static int check_rename(const struct walk *from, const struct walk *to, uint32_t flags)
{
	const bool keep = flags & RENAME_NOREPLACE, exchange = flags & RENAME_EXCHANGE;
	bool directory;
	int err;

	if (from->last != WALK_NAME || to->last != WALK_NAME)
		return keep && to->last != WALK_NAME ? -EEXIST : -EBUSY;
	if (from->dir->volume->readonly || mount_may_write(from->mount) != 0)
		return -EROFS;
	if (from->inode == NULL)
		return -ENOENT;
	if (keep && to->inode != NULL)
		return -EEXIST;
	if (exchange && to->inode == NULL)
		return -ENOENT;
	directory = inode_is(from->inode, S_IFDIR);
	if (exchange && to->slash && !inode_is(to->inode, S_IFDIR))
		return -ENOTDIR;
	if (!directory && (from->slash || (to->slash && !exchange)))
		return -ENOTDIR;
	if (names_is_below(to->dir, from->inode))
		return -EINVAL;
	if (to->inode != NULL && names_is_below(from->dir, to->inode))
		return exchange ? -EINVAL : -ENOTEMPTY;
	if (to->inode == from->inode)
		return 0;
	err = tree_may_remove(names_entry_of(from));
	if (err == 0)
		err = to->inode != NULL ? tree_may_remove(names_entry_of(to)) : tree_may_add(to->dir);
	if (err != 0 || exchange)
		return err;
	if (to->inode == NULL)
		return 0;
	if (directory != inode_is(to->inode, S_IFDIR))
		return directory ? -ENOTDIR : -EISDIR;
	return tree_is_empty(to->inode) ? 0 : -ENOTEMPTY;
}

static int rename_walked(const struct walk *from, const struct walk *to, uint32_t flags)
{
	struct inode *replaced;
	int err;

	if (from->mount != to->mount)
		return -EXDEV;
	err = check_rename(from, to, flags);
	if (err != 0 || to->inode == from->inode)
		return err;
	replaced = to->inode != NULL ? names_entry_of(to) : NULL;
	if (flags & RENAME_EXCHANGE) {
		tree_exchange(names_entry_of(from), replaced);
		return 0;
	}
	err = tree_move(names_entry_of(from), to->dir, to->name, to->name_len);
	if (err == 0 && replaced != NULL)
		tree_unlink(replaced);
	return err;
}

/*
 * Looks W's last name up again: another walk may have given way since, and another task may have
 * removed or replaced the file of that name.
 */
static void look_again(struct walk *w)
{
	struct inode *i;

	if (w->inode == NULL || w->last != WALK_NAME || (w->dir->iops != NULL && w->dir->iops->lookup != NULL))
		return;
	i = tree_find(w->dir, w->name, w->name_len);
	if (i != NULL && (inode_target(i) == w->inode || i->mounts_here != 0))
		return;
	inode_put(w->inode);
	w->inode = i != NULL ? inode_get(inode_target(i)) : NULL;
}

long sys_renameat2(uint64_t from_fd, uint64_t ufrom, uint64_t to_fd, uint64_t uto, uint64_t flags)
{
	struct walk from, to;
	char *from_path = NULL, *to_path = NULL;
	int err;

	/* Whiteouts are not supported; Linux's file systems without them give the same error. */
	if ((uint32_t)flags & ~(uint32_t)(RENAME_NOREPLACE | RENAME_EXCHANGE) ||
	    (uint32_t)flags == (RENAME_NOREPLACE | RENAME_EXCHANGE)) {
		if ((uint32_t)flags == RENAME_WHITEOUT)
			absent_say("renameat2", "flag", RENAME_WHITEOUT, "EINVAL");
		return -EINVAL;
	}
	err = path_copy(ufrom, false, &from_path);
	if (err != 0)
		return err;
	err = path_copy(uto, false, &to_path);
	if (err == 0)
		err = path_walk((int)from_fd, from_path, WALK_MISSING, &from);
	if (err == 0) {
		err = path_walk((int)to_fd, to_path, WALK_MISSING, &to);
		if (err == 0) {
			look_again(&from);
			err = rename_walked(&from, &to, (uint32_t)flags);
			walk_end(&to);
		}
		walk_end(&from);
	}
	if (to_path != NULL)
		path_free(to_path);
	path_free(from_path);
	return err;
}
