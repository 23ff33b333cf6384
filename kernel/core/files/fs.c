/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.c - a process's root and current directory, as an object that tasks share by CLONE_FS; and
 * copies of paths from user memory. fs.h has the contracts.
 */
#include "fs.h"

#include <abi/errno.h>

#include "inode.h"
#include "kassert.h"
#include "page.h"
#include "part.h"
#include "task.h"
#include "usercopy.h"

struct fs *fs_create(void)
{
	struct fs *fs = kmalloc(sizeof(*fs));

	if (fs == NULL)
		return NULL;
	fs->refs = 1;
	fs->umask = 022;
	fs->root = path_get(path_initial);
	fs->cwd = path_get(fs->root);
	return fs;
}

struct fs *fs_copy(struct fs *from)
{
	struct fs *fs = kmalloc(sizeof(*fs));

	if (fs == NULL)
		return NULL;
	fs->refs = 1;
	fs->umask = from->umask;
	fs->root = path_get(from->root);
	fs->cwd = path_get(from->cwd);
	return fs;
}

struct fs *fs_get(struct fs *fs)
{
	KASSERT(fs->refs != 0);
	fs->refs++;
	return fs;
}

void fs_put(struct fs *fs)
{
	KASSERT(fs == NULL || fs->refs != 0);
	if (fs == NULL || --fs->refs != 0)
		return;
	path_put(fs->root);
	path_put(fs->cwd);
	kfree(fs);
}

void fs_change(struct path *place, struct path to)
{
	const struct path old = *place;

	*place = to;
	path_put(old);
}

int fs_enter(struct path *place, struct path to)
{
	int err = inode_is(to.inode, S_IFDIR) ? inode_permission(to.inode, MAY_EXEC) : -ENOTDIR;

	if (err != 0)
		path_put(to);
	else
		fs_change(place, to);
	return err;
}

int path_copy(uint64_t upath, bool empty_ok, char **out)
{
	char *path = page_alloc(0);
	long len;

	if (path == NULL)
		return -ENOMEM;
	len = copy_string_from_user(path, upath, PATH_MAX);
	if (len > 0 || (len == 0 && empty_ok)) {
		*out = path;
		return 0;
	}
	page_free(path, 0);
	return len == 0 ? -ENOENT : (int)len;
}

void path_free(char *path)
{
	page_free(path, 0);
}

static void fs_exit(struct task *t, bool last)
{
	(void)last;
	if (t->fs != NULL)
		fs_put(t->fs);
	t->fs = NULL;
}

const struct task_part fs_part = { .exit = fs_exit };
