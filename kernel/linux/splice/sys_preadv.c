/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_preadv.c - preadv and pwritev, which transfer a vector of buffers at a given position;
 * preadv2 and pwritev2, which also take flags, RWF_*. [fs/read_write.c]
 */
#include "file.h"
#include "rw.h"
#include "sys.h"
#include "transfer.h"

/*
 * Calls a file's operation with FLAGS, RWF_*. Syncing has no effect. Files that cannot tell
 * beforehand whether they would have to wait refuse RWF_NOWAIT. [kiocb_set_rw_flags]
 */
long splice_transfer_with(struct file *f, bool write, struct uio *u, uint64_t *pos, uint32_t flags)
{
	const uint32_t was = f->flags;
	long result;

	if (flags & ~(uint32_t)(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_NOWAIT | RWF_APPEND))
		return -EOPNOTSUPP;
	if ((flags & RWF_NOWAIT) != 0 && (f->ops->seekable || f->inode == inode_anonymous))
		return -EOPNOTSUPP;
	/*
	 * RWF_NOWAIT sets O_NONBLOCK of the open file description for this operation only. No other
	 * task sees that, because the operation does not sleep.
	 */
	if ((flags & RWF_NOWAIT) != 0)
		f->flags |= O_NONBLOCK;
	if ((flags & RWF_APPEND) != 0 && f->ops->seekable)
		f->flags |= O_APPEND;
	result = write ? f->ops->write(f, u, pos) : f->ops->read(f, u, pos);
	if (flags & (RWF_NOWAIT | RWF_APPEND))
		f->flags = was;
	return result;
}

static long preadv_call(uint64_t fd, bool write, uint64_t iov, uint64_t n, uint64_t pos, uint32_t flags)
{
	struct file *f;
	long result = rw_get_seekable(fd, pos, &f);

	if (result != 0)
		return result;
	result = rw_transfer_vector(f, write, iov, n, &pos, flags);
	file_put(f);
	return result;
}

long sys_preadv(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos)
{
	return preadv_call(fd, false, iov, n, pos, 0);
}

long sys_pwritev(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos)
{
	return preadv_call(fd, true, iov, n, pos, 0);
}

/*
 * Position -1 means the file's own. HIGH, the upper half of the position, only counts on 32-bit
 * machines.
 */
long sys_preadv2(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos, uint64_t high, uint64_t flags)
{
	(void)high;
	if (pos == UINT64_MAX)
		return rw_vector(fd, false, iov, n, (uint32_t)flags);
	return preadv_call(fd, false, iov, n, pos, (uint32_t)flags);
}

long sys_pwritev2(uint64_t fd, uint64_t iov, uint64_t n, uint64_t pos, uint64_t high, uint64_t flags)
{
	(void)high;
	if (pos == UINT64_MAX)
		return rw_vector(fd, true, iov, n, (uint32_t)flags);
	return preadv_call(fd, true, iov, n, pos, (uint32_t)flags);
}
