/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_vmsplice.c - vmsplice: bytes between a pipe and memory, which are copied. [fs/splice.c]
 */
#include <abi/splice.h>

#include "file.h"
#include "pipe.h"
#include "sys.h"
#include "task.h"

#define KNOWN_FLAGS (SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

/* Moves as much of U into the pipe of F as fits, without waiting: how many bytes, or -errno. */
static long fill_pipe(struct file *f, struct uio *u)
{
	uint64_t unused = 0, done = 0, part;
	long result = 0;

	do {
		const uint64_t left = u->left;

		part = left < pipe_room(f) ? left : pipe_room(f);
		if (part > RING_STEP)
			part = RING_STEP;
		u->left = part;
		result = part != 0 ? f->ops->write(f, u, &unused) : 0;
		u->left += left - part;
		if (result > 0)
			done += (uint64_t)result;
	} while (result > 0 && (uint64_t)result == part && !sched_give_way());
	return done != 0 ? (long)done : result;
}

/*
 * Moves memory into a pipe, as much as fits, if F is its writing end; else the pipe's bytes into
 * memory. IOV: the user address of N pieces. Returns how many bytes, or -errno. [vmsplice(2)]
 */
static long splice_memory(struct file *f, uint64_t iov, uint64_t n, bool nonblock)
{
	struct uio_vector v;
	struct uio u;
	uint64_t unused = 0;
	long result = uio_init_vector(&u, &v, iov, n);

	if (result == 0 && u.left != 0) {
		result = !pipe_is(f, NULL) ? -EBADF
			 : f->writable	   ? pipe_wait_room(f, nonblock || (f->flags & O_NONBLOCK) != 0)
					   : pipe_wait_bytes(f, nonblock || (f->flags & O_NONBLOCK) != 0);
		if (result > 0)
			result = f->writable ? fill_pipe(f, &u) : f->ops->read(f, &u, &unused);
	}
	uio_free_vector(&v);
	return result;
}

long sys_vmsplice(uint64_t fd, uint64_t iov, uint64_t n, uint64_t flags)
{
	struct file *f;
	long result;

	if ((uint32_t)flags & ~(uint32_t)KNOWN_FLAGS)
		return -EINVAL;
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	result = f->writable || f->readable ? splice_memory(f, iov, n, ((uint32_t)flags & SPLICE_F_NONBLOCK) != 0)
					    : -EBADF;
	file_put(f);
	return result;
}
