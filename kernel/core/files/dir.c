/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dir.c - the operations of open directories, for getdents64.
 *
 * Positions in a directory: 0 is ".", 1 is "..", and from 2 on each entry has its own, which it
 * keeps while it exists. So a reader finds its place again while others add and remove entries.
 */
#include "dir.h"

#include <string.h>

#include <abi/errno.h>

#include "file.h"
#include "sys.h"
#include "usercopy.h"

/* d_type is the type bits of the mode. */
#define TYPE_SHIFT 12

bool dir_emit(struct dir_sink *sink, const char *name, size_t len, uint64_t ino, uint32_t mode, uint64_t next)
{
	uint64_t space[(sizeof(struct linux_dirent64) + NAME_MAX + 8) / 8];
	struct linux_dirent64 *entry = (struct linux_dirent64 *)space;
	size_t used = offsetof(struct linux_dirent64, d_name) + len + 1;
	size_t size = (used + 7) & ~(size_t)7;

	if (size > sink->left) {
		sink->error = sink->any ? 0 : -EINVAL;
		return false;
	}
	memset((uint8_t *)space + size - 8, 0, 8);
	entry->d_ino = ino;
	entry->d_off = (int64_t)next;
	entry->d_reclen = (uint16_t)size;
	entry->d_type = (uint8_t)((mode & S_IFMT) >> TYPE_SHIFT);
	memcpy(entry->d_name, name, len);
	entry->d_name[len] = '\0';
	if (copy_to_user(sink->base, entry, size) != 0) {
		sink->error = sink->any ? 0 : -EFAULT;
		return false;
	}
	sink->base += size;
	sink->left -= size;
	sink->pos = next;
	sink->any = true;
	return true;
}

static void dir_list(struct file *f, struct dir_sink *sink)
{
	struct inode *dir = f->inode;
	const struct inode *up = dir->parent != NULL ? dir->parent : dir;

	if (sink->pos == 0 && !dir_emit(sink, ".", 1, dir->ino, S_IFDIR, 1))
		return;
	if (sink->pos == 1 && !dir_emit(sink, "..", 2, up->ino, S_IFDIR, 2))
		return;
	if (dir->iops != NULL && dir->iops->list != NULL)
		dir->iops->list(dir, sink);
	else
		tree_list(dir, sink);
}

static long dir_read(struct file *f, struct uio *to, uint64_t *pos)
{
	(void)f, (void)to, (void)pos;
	return -EISDIR;
}

const struct file_ops dir_ops = {
	.read = dir_read,
	.list = dir_list,
	.seekable = true,
};
