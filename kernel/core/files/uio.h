/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.h - where the bytes of one transfer go to, or come from: user memory in one or more pieces,
 * or kernel memory.
 *
 * read, readv, recvmsg and others make one, and the operations of an open file fill or drain it. So
 * the same code serves transfers of however many pieces. Partial copies count as they do on Linux:
 * up to the first page that cannot be reached.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/errno.h>
#include <abi/uio.h>

#include "usercopy.h"

struct mm;

/* The largest transfer. [MAX_RW_COUNT] */
#define UIO_MAX 0x7ffff000UL

struct uio {
	uint64_t left; /* bytes left in all pieces */
	uint64_t base; /* the current piece's address, and what is left of it */
	uint64_t len;
	const struct iovec *next; /* the pieces after it; the array lies in kernel memory */
	bool kernel;		  /* base is a kernel address */
};

/* One piece of user memory, cut to UIO_MAX: 0, or -EFAULT when it does not lie in the user half. */
[[nodiscard]] static inline int uio_init_user(struct uio *u, uint64_t base, uint64_t n)
{
	if (!user_range_ok(base, n))
		return -EFAULT;
	u->left = u->len = n < UIO_MAX ? n : UIO_MAX;
	u->base = base;
	u->next = NULL;
	u->kernel = false;
	return 0;
}
void uio_init_kernel(struct uio *u, void *base, uint64_t n);

/* Room for the pieces of a vector: a few on the stack, more in allocated memory. */
struct uio_vector {
	struct iovec few[8];
	struct iovec *all;
};

/*
 * Reads the N pieces that user address IOV lists into V; uio_free_vector() is needed whatever is
 * returned: 0, -EINVAL (more than 1024, or a negative length), -EFAULT, -ENOMEM. [import_iovec]
 */
[[nodiscard]] int uio_init_vector(struct uio *u, struct uio_vector *v, uint64_t iov, uint64_t n);
/*
 * The same without a check that the pieces lie in the user half: they may be of another address
 * space. [iovec_from_user]
 */
[[nodiscard]] int uio_copy_vector(struct uio_vector *v, uint64_t iov, uint64_t n);
void uio_free_vector(struct uio_vector *v);

/*
 * Copies min(N, left) bytes and steps over them. Returns how many: fewer only when memory cannot be
 * reached.
 */
uint64_t uio_put_pieces(struct uio *u, const void *from, uint64_t n);
uint64_t uio_get_pieces(struct uio *u, void *to, uint64_t n);
/* The same with zero bytes. */
uint64_t uio_put_zero(struct uio *u, uint64_t n);

static inline void uio_step(struct uio *u, uint64_t n)
{
	u->base += n;
	u->len -= n;
	u->left -= n;
}

/* Most transfers are of one piece in memory that is present, which is done here. */
static inline uint64_t uio_put(struct uio *u, const void *from, uint64_t n)
{
	if (n > u->len || u->kernel || copy_to_user(u->base, from, n) != 0)
		return uio_put_pieces(u, from, n);
	uio_step(u, n);
	return n;
}

static inline uint64_t uio_get(struct uio *u, void *to, uint64_t n)
{
	if (n > u->len || u->kernel || copy_from_user(to, u->base, n) != 0)
		return uio_get_pieces(u, to, n);
	uio_step(u, n);
	return n;
}

/*
 * Moves N bytes, or as many as are left in U, between U and address ADDR of MM; FORCE: whatever the
 * mapping allows. Returns how many; when fewer, *ERR has the reason.
 */
uint64_t uio_move(struct mm *mm, uint64_t addr, struct uio *u, uint64_t n, bool write, bool force, int *err);
