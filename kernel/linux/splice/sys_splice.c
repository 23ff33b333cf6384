/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_splice.c - splice and tee: bytes between a pipe and a file, or two pipes. The bytes are
 * copied, where Linux moves pages. What programs see is as on Linux: how much is moved, who waits
 * for what, and the order of refusals. [fs/splice.c]
 *
 * A file's operation is called with O_NONBLOCK, so that no other task runs between looking at the
 * pipe and taking out the bytes that the file took. Where the operation would wait, the task waits
 * as poll(2) does.
 */
#include <abi/splice.h>

#include "file.h"
#include "page.h"
#include "pipe.h"
#include "poll.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define KNOWN_FLAGS (SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

/* Does F have bytes that can be spliced? Event counters, timers and the like do not. */
static bool has_bytes(const struct file *f)
{
	return f->inode != inode_anonymous && !inode_is(f->inode, S_IFDIR);
}

/*
 * Transfers up to N bytes between BUF and F, from *POS on, without waiting; WRITE: to F. Returns
 * how many, or -errno.
 */
static long move_bytes(struct file *f, bool write, void *buf, uint64_t n, uint64_t *pos)
{
	const uint32_t was = f->flags;
	struct uio u;
	long result;

	uio_init_kernel(&u, buf, n);
	f->flags = (was | O_NONBLOCK) & ~(uint32_t)O_DIRECT; /* what is spliced is no packet */
	result = write ? f->ops->write(f, &u, pos) : f->ops->read(f, &u, pos);
	f->flags = was;
	return result;
}

/* Waits until F may be ready for EVENTS, POLLIN or POLLOUT: 0, -ERESTARTSYS or -ENOMEM. */
static long splice_wait_for(struct file *f, uint32_t events)
{
	struct poll_waits t;
	int err = 0;

	poll_begin(&t);
	if ((poll_file(f, &t) & (events | POLLERR | POLLHUP)) == 0)
		err = t.failed ? -ENOMEM : task_sleep(WAIT_INTERRUPTIBLE, TIME_NEVER);
	poll_end(&t);
	return err == -EINTR ? -ERESTARTSYS : err;
}

/* The same, but waits until F is ready, unless F has O_NONBLOCK. */
static long operate_or_wait(struct file *f, bool write, void *buf, uint64_t n, uint64_t *pos)
{
	for (;;) {
		long result = move_bytes(f, write, buf, n, pos);

		if (result != -EAGAIN || (f->flags & O_NONBLOCK) != 0)
			return result;
		result = splice_wait_for(f, write ? POLLOUT : POLLIN);
		if (result != 0)
			return result;
	}
}

/* Moves up to N bytes out of pipe IN to OUT at *POS. [do_splice_from] */
static long from_pipe(struct file *in, struct file *out, uint64_t *pos, uint64_t n, bool nonblock, void *page)
{
	uint64_t done = 0;
	uint32_t worked = 0;
	long result = 0;

	while (done < n && !sched_worked(&worked, PAGE_SIZE)) {
		/* Waits for the first bytes only. */
		result = pipe_used(in) == 0 && done != 0 ? 0 : pipe_wait_bytes(in, nonblock);
		if (result <= 0)
			break;
		result = operate_or_wait(out, true, page,
					 pipe_peek(in, 0, page, n - done < PAGE_SIZE ? n - done : PAGE_SIZE), pos);
		if (result <= 0)
			break;
		pipe_drop(in, (uint64_t)result);
		done += (uint64_t)result;
	}
	return done != 0 ? (long)done : result;
}

/* Moves up to N bytes, as many as fit, from IN at *POS to pipe OUT. [splice_file_to_pipe] */
static long to_pipe(struct file *in, struct file *out, uint64_t *pos, uint64_t n, bool nonblock, void *page)
{
	uint64_t done = 0, unused = 0;
	uint32_t worked = 0;
	long result = pipe_wait_room(out, nonblock);

	while (result > 0 && done < n && pipe_room(out) != 0 && !sched_worked(&worked, PAGE_SIZE)) {
		uint64_t part = n - done < pipe_room(out) ? n - done : pipe_room(out);

		if (part > PAGE_SIZE)
			part = PAGE_SIZE;
		/* Moves what has come; waits for the first bytes only. */
		result = done != 0 ? move_bytes(in, false, page, part, pos)
				   : operate_or_wait(in, false, page, part, pos);
		if (result <= 0)
			break;
		/* There is room, unless another task filled it while this one waited. */
		result = operate_or_wait(out, true, page, (uint64_t)result, &unused);
		if (result > 0)
			done += (uint64_t)result;
	}
	return done != 0 ? (long)done : result;
}

/*
 * Moves up to N bytes from pipe IN to pipe OUT; KEEP: they stay in IN, and are at most RING_STEP,
 * so that nobody can take any of them out meanwhile. [splice_pipe_to_pipe, do_tee]
 */
static long pipe_to_pipe(struct file *in, struct file *out, uint64_t n, bool nonblock, bool keep, void *page)
{
	uint64_t done = 0, unused = 0;
	uint32_t worked = 0;
	long result;

	if (keep && n > RING_STEP)
		n = RING_STEP;
	/* While this task waits for one pipe, the other may change. */
	do {
		result = pipe_wait_bytes(in, nonblock);
		if (result > 0)
			result = pipe_wait_room(out, nonblock);
	} while (result > 0 && pipe_used(in) == 0);
	while (result > 0 && done < n && (keep || !sched_worked(&worked, PAGE_SIZE))) {
		uint64_t part = n - done < pipe_room(out) ? n - done : pipe_room(out);

		part = pipe_peek(in, keep ? done : 0, page, part < PAGE_SIZE ? part : PAGE_SIZE);
		if (part == 0)
			break;
		result = move_bytes(out, true, page, part, &unused);
		if (result <= 0)
			break;
		if (!keep)
			pipe_drop(in, (uint64_t)result);
		done += (uint64_t)result;
	}
	return done != 0 ? (long)done : result;
}

/*
 * Stores in *POS the position at which F is used: the one at user address UOFF or, if that is 0,
 * F's own. 0; -EINVAL: F has no positions; -EFAULT.
 */
static long read_offset(const struct file *f, uint64_t uoff, uint64_t *pos)
{
	*pos = f->pos;
	if (uoff == 0)
		return 0;
	if (!f->ops->seekable)
		return -EINVAL;
	return copy_from_user(pos, uoff, sizeof(*pos));
}

static long write_offset(struct file *f, uint64_t uoff, uint64_t pos)
{
	if (uoff != 0)
		return copy_to_user(uoff, &pos, sizeof(pos));
	if (f->ops->seekable)
		f->pos = pos;
	return 0;
}

/* Splices a pipe and a file: one of IN and OUT is a pipe. */
static long pipe_and_file(struct file *in, uint64_t in_off, struct file *out, uint64_t out_off, uint64_t n,
			  bool nonblock, void *page)
{
	const bool out_of_pipe = pipe_is(in, NULL);
	struct file *file = out_of_pipe ? out : in;
	const uint64_t uoff = out_of_pipe ? out_off : in_off;
	uint64_t pos;
	long result = read_offset(file, uoff, &pos);

	if (result != 0)
		return result;
	if (out_of_pipe && (out->flags & O_APPEND) != 0)
		return -EINVAL;
	if (file->ops->seekable && (int64_t)pos < 0)
		return -EINVAL;
	if (!has_bytes(file) || (out_of_pipe ? file_may_write(out) : file_may_read(in)) != 0)
		return -EINVAL;
	result = out_of_pipe ? from_pipe(in, out, &pos, n, nonblock, page) : to_pipe(in, out, &pos, n, nonblock, page);
	if (result > 0 && write_offset(file, uoff, pos) != 0)
		return -EFAULT;
	return result;
}

/* Checks what splice(2) is to do with IN and OUT, in Linux's order, and does it. [do_splice] */
static long splice_files(struct file *in, uint64_t in_off, struct file *out, uint64_t out_off, uint64_t n,
			 uint32_t flags, void *page)
{
	const bool in_pipe = pipe_is(in, NULL), out_pipe = pipe_is(out, NULL);
	const uint32_t pipe_flags = (in_pipe ? in->flags : 0) | (out_pipe ? out->flags : 0);
	const bool nonblock = (flags & SPLICE_F_NONBLOCK) != 0 || (pipe_flags & O_NONBLOCK) != 0;
	uint64_t unused;

	if ((in_pipe && in_off != 0) || (out_pipe && out_off != 0))
		return -ESPIPE;
	if ((out_off != 0 && copy_from_user(&unused, out_off, sizeof(unused)) != 0) ||
	    (in_off != 0 && copy_from_user(&unused, in_off, sizeof(unused)) != 0))
		return -EFAULT;
	if (!in->readable || !out->writable)
		return -EBADF;
	if (in_pipe && out_pipe)
		return pipe_is(in, out) ? -EINVAL : pipe_to_pipe(in, out, n, nonblock, false, page);
	if (!in_pipe && !out_pipe)
		return -EINVAL;
	return pipe_and_file(in, in_off, out, out_off, n, nonblock, page);
}

/*
 * Stores both files, each with a reference, and a page for the bytes: 0, -EBADF or -ENOMEM. In any
 * case splice_put_files() must follow.
 */
static long with_files(uint64_t in_fd, uint64_t out_fd, struct file **in, struct file **out, void **page)
{
	*page = NULL;
	*in = fd_get(in_fd);
	*out = fd_get(out_fd);
	if (*in == NULL || *out == NULL)
		return -EBADF;
	*page = page_alloc(0);
	return *page != NULL ? 0 : -ENOMEM;
}

static void splice_put_files(struct file *in, struct file *out, void *page)
{
	if (page != NULL)
		page_free(page, 0);
	if (in != NULL)
		file_put(in);
	if (out != NULL)
		file_put(out);
}

long sys_splice(uint64_t in_fd, uint64_t in_off, uint64_t out_fd, uint64_t out_off, uint64_t n, uint64_t flags)
{
	struct file *in, *out;
	void *page;
	long result;

	if (n == 0)
		return 0;
	if ((uint32_t)flags & ~(uint32_t)KNOWN_FLAGS)
		return -EINVAL;
	result = with_files(in_fd, out_fd, &in, &out, &page);
	if (result == 0)
		result = splice_files(in, in_off, out, out_off, n < UIO_MAX ? n : UIO_MAX, (uint32_t)flags, page);
	splice_put_files(in, out, page);
	return result;
}

long sys_tee(uint64_t in_fd, uint64_t out_fd, uint64_t n, uint64_t flags)
{
	struct file *in, *out;
	void *page;
	long result;

	if ((uint32_t)flags & ~(uint32_t)KNOWN_FLAGS)
		return -EINVAL;
	if (n == 0)
		return 0;
	result = with_files(in_fd, out_fd, &in, &out, &page);
	if (result == 0 && (!in->readable || !out->writable))
		result = -EBADF;
	else if (result == 0 && (!pipe_is(in, NULL) || !pipe_is(out, NULL) || pipe_is(in, out)))
		result = -EINVAL;
	if (result == 0)
		result = pipe_to_pipe(in, out, n < UIO_MAX ? n : UIO_MAX,
				      ((uint32_t)flags & SPLICE_F_NONBLOCK) != 0 ||
					      ((in->flags | out->flags) & O_NONBLOCK) != 0,
				      true, page);
	splice_put_files(in, out, page);
	return result;
}
