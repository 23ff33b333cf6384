/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_stat.c - calls that describe files: fstat, newfstatat.
 */
#include "file.h"
#include "sys.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

static long put_stat(const struct inode *i, uint64_t ubuf)
{
	struct stat st = {
		.st_dev = i->volume->dev,
		.st_ino = i->ino,
		.st_mode = i->mode,
		.st_nlink = i->nlink,
		.st_uid = userns_show_uid(i->uid),
		.st_gid = userns_show_gid(i->gid),
		.st_rdev = i->rdev,
		.st_size = (int64_t)i->size,
		.st_blksize = PAGE_SIZE,
		.st_blocks = (int64_t)inode_blocks(i),
		.st_atime = (int64_t)(i->atime / NSEC_PER_SEC),
		.st_atime_nsec = i->atime % NSEC_PER_SEC,
		.st_mtime = (int64_t)(i->mtime / NSEC_PER_SEC),
		.st_mtime_nsec = i->mtime % NSEC_PER_SEC,
		.st_ctime = (int64_t)(i->ctime / NSEC_PER_SEC),
		.st_ctime_nsec = i->ctime % NSEC_PER_SEC,
	};

	return copy_to_user(ubuf, &st, sizeof(st));
}

long sys_fstat(uint64_t fd, uint64_t ubuf)
{
	struct file *f = fd_get_any(fd);
	long result;

	if (f == NULL)
		return -EBADF;
	result = put_stat(f->inode, ubuf);
	file_put(f);
	return result;
}

long sys_newfstatat(uint64_t dirfd, uint64_t path, uint64_t ubuf, uint64_t flags)
{
	struct inode *i;
	long result;

	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	result = fs_resolve_user((int)dirfd, path, (uint32_t)flags, &i);
	if (result != 0)
		return result;
	result = put_stat(i, ubuf);
	inode_put(i);
	return result;
}
