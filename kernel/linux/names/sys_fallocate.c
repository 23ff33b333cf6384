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

long sys_fallocate(uint64_t fd, uint64_t mode, uint64_t offset, uint64_t len)
{
	struct file *f;
	int err = 0;

	if ((int64_t)offset < 0 || (int64_t)len <= 0)
		return -EINVAL;
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	if ((uint32_t)mode != 0 && (uint32_t)mode != FALLOC_FL_KEEP_SIZE) {
		/* Holes, and what moves or clears a part of a file. */
		absent_say_known("fallocate", "mode", (uint32_t)mode, "EOPNOTSUPP");
		err = -EOPNOTSUPP;
	} else if (!f->writable)
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
