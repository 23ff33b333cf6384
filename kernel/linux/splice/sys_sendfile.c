/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sendfile.c - sendfile: bytes from one open file to another. [fs/read_write.c]
 */
#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/*
 * Copies up to N bytes from IN at *POS to OUT at its own position, a page at a time, and moves *POS
 * on by what OUT has taken. Returns how many bytes that was; if none, 0 or -errno.
 */
static long send_bytes(struct file *out, struct file *in, uint64_t *pos, uint64_t n)
{
	uint8_t *page = page_alloc(0);
	uint64_t done = 0;
	uint32_t worked = 0;
	long result = 0;

	if (page == NULL)
		return -ENOMEM;
	while (done < n && !sched_worked(&worked, PAGE_SIZE)) {
		uint64_t from = *pos;
		struct uio u;

		uio_init_kernel(&u, page, n - done < PAGE_SIZE ? n - done : PAGE_SIZE);
		result = in->ops->read(in, &u, pos);
		if (result <= 0)
			break;
		uio_init_kernel(&u, page, (uint64_t)result);
		result = out->ops->write(out, &u, &out->pos);
		*pos = result > 0 ? from + (uint64_t)result : from;
		if (result <= 0)
			break;
		done += (uint64_t)result;
	}
	page_free(page, 0);
	return done != 0 ? (long)done : result;
}

static long send_between(struct file *out, struct file *in, uint64_t uoffset, uint64_t n)
{
	uint64_t offset = in->pos;
	long result = file_may_read(in);

	if (result == 0 && uoffset != 0 && !in->ops->seekable)
		result = -ESPIPE;
	if (result == 0)
		result = file_may_write(out);
	if (result == 0 && (!in->ops->seekable || (out->flags & O_APPEND) != 0))
		result = -EINVAL;
	if (result == 0 && uoffset != 0 && copy_from_user(&offset, uoffset, sizeof(offset)) != 0)
		result = -EFAULT;
	if (result == 0 && file_bad_range(in, offset, n))
		result = -EINVAL;
	if (result != 0)
		return result;
	result = send_bytes(out, in, &offset, n < UIO_MAX ? n : UIO_MAX);
	if (uoffset == 0)
		in->pos = offset;
	else if (copy_to_user(uoffset, &offset, sizeof(offset)) != 0)
		return -EFAULT;
	return result;
}

long sys_sendfile(uint64_t out_fd, uint64_t in_fd, uint64_t offset, uint64_t n)
{
	struct file *in = fd_get(in_fd), *out = fd_get(out_fd);
	long result = -EBADF;

	if (in != NULL && out != NULL)
		result = send_between(out, in, offset, n);
	if (in != NULL)
		file_put(in);
	if (out != NULL)
		file_put(out);
	return result;
}
