/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sync.c - fsync, sync, fadvise64: all files are in memory, so there is nothing to wait for.
 * [fs/sync.c, mm/fadvise.c]
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "inode.h"
#include "sys.h"

long sys_fsync(uint64_t fd)
{
	struct file *f = fd_get(fd);
	long result = -EBADF;

	if (f != NULL) {
		result = inode_is(f->inode, S_IFREG) || inode_is(f->inode, S_IFDIR) ? 0 : -EINVAL;
		file_put(f);
	}
	return result;
}

long sys_fdatasync(uint64_t fd)
{
	return sys_fsync(fd);
}

long sys_sync(void)
{
	return 0;
}

long sys_syncfs(uint64_t fd)
{
	struct file *f = fd_get(fd);

	if (f == NULL)
		return -EBADF;
	file_put(f);
	return 0;
}

/* Files are in memory already, so advice about reading has no effect. [generic_fadvise] */
long sys_fadvise64(uint64_t fd, uint64_t offset, uint64_t len, uint64_t advice)
{
	struct file *f = fd_get(fd);
	long result;

	(void)offset;
	if (f == NULL)
		return -EBADF;
	result = inode_is(f->inode, S_IFIFO)				     ? -ESPIPE
		 : (int64_t)len < 0 || (uint32_t)advice > POSIX_FADV_NOREUSE ? -EINVAL
									     : 0;
	file_put(f);
	return result;
}
