/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.h - the memory to which the bytes of one transfer go, or from which they come: user memory in
 * one or more pieces, or kernel memory. [iov_iter]
 *
 * read, readv, recvmsg and others make a struct uio, and the operations of an open file put bytes
 * into it or get bytes from it. So the same code serves any number of pieces. If some memory cannot
 * be reached, the transfer ends before the first such page, as on Linux.
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
	uint64_t left;		  /* bytes left in all pieces */
	uint64_t base;		  /* address of what is left of the current piece */
	uint64_t len;		  /* and its size */
	const struct iovec *next; /* the pieces after it; the array lies in kernel memory */
	bool kernel;		  /* base is a kernel address */
};

/* Makes *U one piece of user memory, cut to UIO_MAX: 0, or -EFAULT: it is not in the user half. */
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
/* Makes *U the N bytes of kernel memory at BASE. */
void uio_init_kernel(struct uio *u, void *base, uint64_t n);

/* The pieces of a vector (struct iovec): a few in this object, more in allocated memory. */
struct uio_vector {
	struct iovec few[8];
	struct iovec *all;
};

/*
 * Reads the N pieces at user address IOV into V, and makes *U these. 0, -EINVAL (more than 1024, or
 * a negative length), -EFAULT or -ENOMEM. uio_free_vector() is needed in any case. [import_iovec]
 */
[[nodiscard]] int uio_init_vector(struct uio *u, struct uio_vector *v, uint64_t iov, uint64_t n);
/*
 * Only reads the pieces into V, and does not check that they lie in the user half: they may be of
 * another address space. [iovec_from_user]
 */
[[nodiscard]] int uio_copy_vector(struct uio_vector *v, uint64_t iov, uint64_t n);
void uio_free_vector(struct uio_vector *v);

/*
 * uio_put_pieces() copies min(N, u->left) bytes from FROM to U; uio_get_pieces(), from U to TO.
 * They step over these bytes of U. They return how many: fewer only if memory cannot be reached.
 */
uint64_t uio_put_pieces(struct uio *u, const void *from, uint64_t n);
uint64_t uio_get_pieces(struct uio *u, void *to, uint64_t n);
/* The same with N zero bytes to U. */
uint64_t uio_put_zero(struct uio *u, uint64_t n);

/* Steps over N bytes of U, which lie in the current piece. */
static inline void uio_step(struct uio *u, uint64_t n)
{
	u->base += n;
	u->len -= n;
	u->left -= n;
}

/*
 * As uio_put_pieces() and uio_get_pieces(). The short path is for one piece in memory that is
 * present.
 */
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
 * Copies N bytes, or as many as are left in U, between U and address ADDR of MM, an address space
 * of any task; WRITE: from U. FORCE: also where MM's mapping does not allow it. Returns how many;
 * if fewer, *ERR has the reason.
 */
uint64_t uio_move(struct mm *mm, uint64_t addr, struct uio *u, uint64_t n, bool write, bool force, int *err);
