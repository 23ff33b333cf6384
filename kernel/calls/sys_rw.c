/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_rw.c - moves bytes between open files and memory: read, write and their vector and positioned
 * forms. preadv and pwritev, which are both, are in kernel/linux/splice.
 *
 * Every transfer is described by a struct uio; the operations of the file do the rest. The order of
 * refusals is Linux's vfs_read and vfs_readv.
 */
#include "rw.h"

#include "file.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

typedef long (*transfer_fn)(struct file *f, struct uio *u, uint64_t *pos);

/* Calls the file's operation FN with the user's [BUF, BUF + N). */
static inline long rw_transfer(struct file *f, transfer_fn fn, uint64_t buf, uint64_t n, uint64_t *pos)
{
	struct uio u;

	if (uio_init_user(&u, buf, n) != 0)
		return -EFAULT;
	if (file_bad_range(f, *pos, n))
		return -EINVAL;
	return fn(f, &u, pos);
}

/* The same, with a reference: the last descriptor of F may be closed while the operation waits. */
static long transfer_held(struct file *f, transfer_fn fn, uint64_t buf, uint64_t n)
{
	long result;

	file_get(f);
	result = rw_transfer(f, fn, buf, n, &f->pos);
	file_put(f);
	return result;
}

/* Is this a transfer of 0 bytes that succeeds without asking the file's operation? */
static inline bool is_nothing(const struct file *f, uint64_t buf, uint64_t n)
{
	return n == 0 && f->ops->empty_is_nothing && user_range_ok(buf, 0);
}

long sys_read(uint64_t fd, uint64_t buf, uint64_t n)
{
	struct file *f = files_lookup(current->files, (uint32_t)fd);
	int err;

	if (f == NULL)
		return -EBADF;
	err = file_may_read(f);
	if (err != 0 || is_nothing(f, buf, n))
		return err;
	return transfer_held(f, f->ops->read, buf, n);
}

long sys_write(uint64_t fd, uint64_t buf, uint64_t n)
{
	struct file *f = files_lookup(current->files, (uint32_t)fd);
	int err;

	if (f == NULL)
		return -EBADF;
	err = file_may_write(f);
	if (err != 0 || is_nothing(f, buf, n))
		return err;
	return transfer_held(f, f->ops->write, buf, n);
}

int rw_get_seekable(uint64_t fd, uint64_t pos, struct file **out)
{
	if ((int64_t)pos < 0)
		return -EINVAL;
	*out = fd_get(fd);
	if (*out == NULL)
		return -EBADF;
	if ((*out)->ops->seekable)
		return 0;
	file_put(*out);
	return -ESPIPE;
}

long sys_pread64(uint64_t fd, uint64_t buf, uint64_t n, uint64_t pos)
{
	struct file *f;
	long result = rw_get_seekable(fd, pos, &f);

	if (result != 0)
		return result;
	result = file_may_read(f);
	if (result == 0 && !is_nothing(f, buf, n))
		result = rw_transfer(f, f->ops->read, buf, n, &pos);
	file_put(f);
	return result;
}

long sys_pwrite64(uint64_t fd, uint64_t buf, uint64_t n, uint64_t pos)
{
	struct file *f;
	long result = rw_get_seekable(fd, pos, &f);

	if (result != 0)
		return result;
	result = file_may_write(f);
	if (result == 0 && !is_nothing(f, buf, n))
		result = rw_transfer(f, f->ops->write, buf, n, &pos);
	file_put(f);
	return result;
}

long (*rw_with_flags)(struct file *f, bool write, struct uio *u, uint64_t *pos, uint32_t flags);

/* Unlike read(2), readv checks the vector before the file's mode. */
long rw_transfer_vector(struct file *f, bool write, uint64_t iov, uint64_t n, uint64_t *pos, uint32_t flags)
{
	struct uio_vector v;
	struct uio u;
	long result = uio_init_vector(&u, &v, iov, n);

	if (result == 0)
		result = write ? file_may_write(f) : file_may_read(f);
	if (result == 0 && file_bad_range(f, *pos, u.left))
		result = -EINVAL;
	if (result == 0 && u.left != 0) {
		if (flags != 0)
			result = rw_with_flags(f, write, &u, pos, flags);
		else
			result = write ? f->ops->write(f, &u, pos) : f->ops->read(f, &u, pos);
	}
	uio_free_vector(&v);
	return result;
}

long rw_vector(uint64_t fd, bool write, uint64_t iov, uint64_t n, uint32_t flags)
{
	struct file *f = fd_get(fd);
	long result;

	if (f == NULL)
		return -EBADF;
	result = rw_transfer_vector(f, write, iov, n, &f->pos, flags);
	file_put(f);
	return result;
}

long sys_readv(uint64_t fd, uint64_t iov, uint64_t n)
{
	return rw_vector(fd, false, iov, n, 0);
}

long sys_writev(uint64_t fd, uint64_t iov, uint64_t n)
{
	return rw_vector(fd, true, iov, n, 0);
}
