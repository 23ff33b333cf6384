/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_statfs.c - statfs, fstatfs: describe the file system of a file. [fs/statfs.c]
 */
#include "file.h"
#include "fs.h"
#include "mount.h"
#include "page.h"
#include "sys.h"
#include "usercopy.h"

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
