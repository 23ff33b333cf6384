/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_statx.c - statx: describes a file. [fs/stat.c]
 */
#include <abi/errno.h>

#include "file.h"
#include "mount.h"
#include "page.h"
#include "sys.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

static struct statx_timestamp make_timestamp(uint64_t ns)
{
	return (struct statx_timestamp){ .tv_sec = (int64_t)(ns / NSEC_PER_SEC),
					 .tv_nsec = (uint32_t)(ns % NSEC_PER_SEC) };
}

static long put_statx(struct path p, uint64_t ubuf)
{
	const struct inode *i = p.inode;
	struct statx st = {
		.stx_mask = STATX_BASIC_STATS | STATX_MNT_ID,
		.stx_blksize = PAGE_SIZE,
		.stx_nlink = i->nlink,
		.stx_uid = userns_show_uid(i->uid),
		.stx_gid = userns_show_gid(i->gid),
		.stx_mode = (uint16_t)i->mode,
		.stx_ino = i->ino,
		.stx_size = i->size,
		.stx_blocks = inode_blocks(i),
		.stx_atime = make_timestamp(i->atime),
		.stx_ctime = make_timestamp(i->ctime),
		.stx_mtime = make_timestamp(i->mtime),
		.stx_rdev_major = (uint32_t)(i->rdev >> 8) & 0xfff,
		.stx_rdev_minor = (uint32_t)i->rdev & 0xff,
		.stx_dev_minor = i->volume->dev,
		.stx_mnt_id = mount_shown_id(p.mount),
	};

	return copy_to_user(ubuf, &st, sizeof(st));
}

long sys_statx(uint64_t dirfd, uint64_t path, uint64_t flags, uint64_t mask, uint64_t ubuf)
{
	struct path p;
	long result;

	if ((uint32_t)mask & STATX__RESERVED)
		return -EINVAL;
	if (((uint32_t)flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	result = path_resolve_user((int)dirfd, path, (uint32_t)flags, &p);
	if (result != 0)
		return result;
	result = put_statx(p, ubuf);
	path_put(p);
	return result;
}
