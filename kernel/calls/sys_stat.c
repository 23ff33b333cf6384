/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_stat.c - calls that describe files: fstat, newfstatat, statx, statfs.
 */
#include <string.h>

#include "file.h"
#include "page.h"
#include "sys.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

static uint64_t count_blocks(const struct inode *i)
{
	const uint64_t pages = PAGE_UP(i->data_size) / PAGE_SIZE;

	if (!inode_is(i, S_IFREG))
		return 0;
	return (pages > i->pages.count ? pages : i->pages.count) * (PAGE_SIZE / 512);
}

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
		.st_blocks = (int64_t)count_blocks(i),
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

static struct statx_timestamp make_timestamp(uint64_t ns)
{
	return (struct statx_timestamp){ .tv_sec = (int64_t)(ns / NSEC_PER_SEC),
					 .tv_nsec = (uint32_t)(ns % NSEC_PER_SEC) };
}

static long put_statx(const struct inode *i, uint64_t ubuf)
{
	struct statx st = {
		.stx_mask = STATX_BASIC_STATS | STATX_MNT_ID,
		.stx_blksize = PAGE_SIZE,
		.stx_nlink = i->nlink,
		.stx_uid = userns_show_uid(i->uid),
		.stx_gid = userns_show_gid(i->gid),
		.stx_mode = (uint16_t)i->mode,
		.stx_ino = i->ino,
		.stx_size = i->size,
		.stx_blocks = count_blocks(i),
		.stx_atime = make_timestamp(i->atime),
		.stx_ctime = make_timestamp(i->ctime),
		.stx_mtime = make_timestamp(i->mtime),
		.stx_rdev_major = (uint32_t)(i->rdev >> 8) & 0xfff,
		.stx_rdev_minor = (uint32_t)i->rdev & 0xff,
		.stx_dev_minor = i->volume->dev,
		.stx_mnt_id = i->volume->dev,
	};

	return copy_to_user(ubuf, &st, sizeof(st));
}

long sys_statx(uint64_t dirfd, uint64_t path, uint64_t flags, uint64_t mask, uint64_t ubuf)
{
	struct inode *i;
	long result;

	if ((uint32_t)mask & STATX__RESERVED)
		return -EINVAL;
	if (((uint32_t)flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	result = fs_resolve_user((int)dirfd, path, (uint32_t)flags, &i);
	if (result != 0)
		return result;
	result = put_statx(i, ubuf);
	inode_put(i);
	return result;
}

static uint64_t mount_flags(const struct mount *m)
{
	const uint32_t flags = m != NULL ? m->flags : 0;

	return (flags & MOUNT_READONLY ? ST_RDONLY : 0) | (flags & MOUNT_NOSUID ? ST_NOSUID : 0) |
	       (flags & MOUNT_NODEV ? ST_NODEV : 0) | (flags & MOUNT_NOEXEC ? ST_NOEXEC : 0) |
	       (flags & MOUNT_NOATIME ? ST_NOATIME : 0);
}

/* All file systems share the machine's memory. */
static long put_statfs(struct path p, uint64_t ubuf)
{
	const struct inode *i = p.inode;
	struct statfs64 st = {
		.f_type = i->volume->magic,
		.f_bsize = PAGE_SIZE,
		.f_fsid = { { (int32_t)i->volume->dev, 0 } },
		.f_namelen = NAME_MAX,
		.f_frsize = PAGE_SIZE,
		.f_flags = (int64_t)(ST_VALID | (i->volume->readonly ? ST_RDONLY : 0) | mount_flags(p.mount)),
	};

	if (i->volume->magic == TMPFS_MAGIC) {
		uint64_t room = page_count_total() / 2 - pagemap_total(), free = page_count_free();

		st.f_blocks = page_count_total() / 2;
		st.f_bfree = st.f_bavail = room < free ? room : free;
	}
	return copy_to_user(ubuf, &st, sizeof(st));
}

long sys_statfs(uint64_t path, uint64_t ubuf)
{
	struct path p;
	long result = path_resolve_user(AT_FDCWD, path, 0, &p);

	if (result != 0)
		return result;
	result = put_statfs(p, ubuf);
	path_put(p);
	return result;
}

long sys_fstatfs(uint64_t fd, uint64_t ubuf)
{
	struct file *f = fd_get_any(fd);
	long result;

	if (f == NULL)
		return -EBADF;
	result = put_statfs((struct path){ f->mount, f->inode }, ubuf);
	file_put(f);
	return result;
}
