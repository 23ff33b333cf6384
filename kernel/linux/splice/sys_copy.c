/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_copy.c - copy_file_range: bytes from one regular file to another; and the calls that ask for
 * reading ahead or writing back, which files in memory do not need. [fs/read_write.c,
 * mm/readahead.c, fs/sync.c]
 */
#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define SYNC_FILE_RANGE_ALL 7U /* WAIT_BEFORE, WRITE, WAIT_AFTER */

struct copy {
	struct file *in, *out;
	uint64_t in_pos, out_pos, n;
};

/*
 * Checks the files and positions in Linux's order, and cuts C's n to the bytes that there are to
 * copy: 0, -EISDIR, -EINVAL, -EBADF, -EXDEV or -EOVERFLOW. [generic_copy_file_checks]
 */
static int copy_check(struct copy *c)
{
	const struct inode *in = c->in->inode, *out = c->out->inode;

	if (inode_is(in, S_IFDIR) || inode_is(out, S_IFDIR))
		return -EISDIR;
	if (!inode_is(in, S_IFREG) || !inode_is(out, S_IFREG))
		return -EINVAL;
	if (!c->in->readable || !c->out->writable || (c->out->flags & O_APPEND) != 0)
		return -EBADF;
	if (in->volume != out->volume)
		return -EXDEV;
	if (c->in->ops != &regular_ops || c->out->ops != &regular_ops)
		return -EINVAL;
	if (c->in_pos + c->n < c->in_pos || c->out_pos + c->n < c->out_pos)
		return -EOVERFLOW;
	if ((int64_t)c->in_pos < 0 || (int64_t)c->out_pos < 0)
		return -EINVAL;
	if (c->in_pos >= in->size)
		c->n = 0;
	else if (c->n > in->size - c->in_pos)
		c->n = in->size - c->in_pos;
	if (in == out && c->out_pos + c->n > c->in_pos && c->out_pos < c->in_pos + c->n)
		return -EINVAL;
	return 0;
}

/*
 * Copies C's n bytes, and moves its positions on. Returns how many were copied, fewer if a fatal
 * signal or an error came; or, if none, -ENOMEM, or an error of writing, such as -ENOSPC or -EFBIG.
 */
static long copy_bytes(struct copy *c)
{
	uint8_t *page = page_alloc(0);
	uint64_t done = 0;
	uint32_t worked = 0;
	long result = 0;

	if (page == NULL)
		return -ENOMEM;
	while (done < c->n && !sched_worked(&worked, PAGE_SIZE)) {
		struct uio u;

		uio_init_kernel(
			&u, page,
			inode_read(c->in->inode, page, c->n - done < PAGE_SIZE ? c->n - done : PAGE_SIZE, c->in_pos));
		result = c->out->ops->write(c->out, &u, &c->out_pos);
		if (result <= 0)
			break;
		c->in_pos += (uint64_t)result;
		done += (uint64_t)result;
	}
	page_free(page, 0);
	return done != 0 ? (long)done : result;
}

/* Reads the position at user address UOFF; 0: F's own. */
static int get_position(const struct file *f, uint64_t uoff, uint64_t *pos)
{
	*pos = f->pos;
	return uoff != 0 ? copy_from_user(pos, uoff, sizeof(*pos)) : 0;
}

static int set_position(struct file *f, uint64_t uoff, uint64_t pos)
{
	if (uoff != 0)
		return copy_to_user(uoff, &pos, sizeof(pos));
	f->pos = pos;
	return 0;
}

static long copy_between(struct copy *c, uint64_t in_off, uint64_t out_off, uint32_t flags)
{
	long result;

	if (get_position(c->in, in_off, &c->in_pos) != 0 || get_position(c->out, out_off, &c->out_pos) != 0)
		return -EFAULT;
	if (flags != 0)
		return -EINVAL;
	result = copy_check(c);
	if (result == 0 && c->n != 0)
		result = copy_bytes(c);
	if (result > 0 &&
	    (set_position(c->in, in_off, c->in_pos) != 0 || set_position(c->out, out_off, c->out_pos) != 0))
		return -EFAULT;
	return result;
}

long sys_copy_file_range(uint64_t in_fd, uint64_t in_off, uint64_t out_fd, uint64_t out_off, uint64_t n, uint64_t flags)
{
	struct copy c = { .in = fd_get(in_fd), .out = fd_get(out_fd), .n = n };
	long result = -EBADF;

	if (c.in != NULL && c.out != NULL)
		result = copy_between(&c, in_off, out_off, (uint32_t)flags);
	if (c.in != NULL)
		file_put(c.in);
	if (c.out != NULL)
		file_put(c.out);
	return result;
}

long sys_readahead(uint64_t fd, uint64_t offset, uint64_t n)
{
	struct file *f = fd_get(fd);
	long result;

	(void)offset;
	(void)n;
	if (f == NULL)
		return -EBADF;
	result = !f->readable ? -EBADF : f->ops == &regular_ops ? 0 : -EINVAL;
	file_put(f);
	return result;
}

long sys_sync_file_range(uint64_t fd, uint64_t offset, uint64_t n, uint64_t flags)
{
	const uint64_t end = offset + n;
	struct file *f = fd_get(fd);
	long result = 0;

	if (f == NULL)
		return -EBADF;
	if ((uint32_t)flags & ~SYNC_FILE_RANGE_ALL || (int64_t)offset < 0 || (int64_t)end < 0 || end < offset)
		result = -EINVAL;
	else if (!inode_is(f->inode, S_IFREG) && !inode_is(f->inode, S_IFDIR) && !inode_is(f->inode, S_IFBLK) &&
		 !inode_is(f->inode, S_IFLNK))
		result = -ESPIPE;
	file_put(f);
	return result;
}
