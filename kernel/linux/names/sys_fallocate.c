/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_fallocate.c - fallocate(2): room for a file, and its length. [fs/open.c of Linux]
 */
#include <abi/errno.h>
#include <abi/fs.h>

#include "absent.h"
#include "file.h"
#include "sys.h"
#include "task.h"

/* Holes, and what moves or clears a part of a file. */
static int absent_mode(uint32_t mode)
{
	static const struct absent_name names[] = {
		{ 3, "FALLOC_FL_PUNCH_HOLE" },	{ 8, "FALLOC_FL_COLLAPSE_RANGE" }, { 16, "FALLOC_FL_ZERO_RANGE" },
		{ 17, "FALLOC_FL_ZERO_RANGE" }, { 32, "FALLOC_FL_INSERT_RANGE" },  { 64, "FALLOC_FL_UNSHARE_RANGE" },
	};

	absent_say_known("fallocate", "mode", mode, names, "EOPNOTSUPP");
	return -EOPNOTSUPP;
}

long sys_fallocate(uint64_t fd, uint64_t mode, uint64_t offset, uint64_t len)
{
	struct file *f;
	int err = 0;

	if ((int64_t)offset < 0 || (int64_t)len <= 0)
		return -EINVAL;
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	if ((uint32_t)mode != 0 && (uint32_t)mode != FALLOC_FL_KEEP_SIZE)
		err = absent_mode((uint32_t)mode);
	else if (!f->writable)
		err = -EBADF;
	else if (inode_is(f->inode, S_IFIFO))
		err = -ESPIPE;
	else if (inode_is(f->inode, S_IFDIR))
		err = -EISDIR;
	else if (!inode_is(f->inode, S_IFREG) || f->ops != &regular_ops)
		err = -ENODEV;
	else if ((int64_t)(offset + len) < 0)
		err = -EFBIG;
	else if ((uint32_t)mode == 0 && offset + len > f->inode->size)
		err = inode_truncate(f->inode, offset + len);
	file_put(f);
	return err;
}
