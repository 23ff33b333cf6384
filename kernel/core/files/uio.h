/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.h - where the bytes of one transfer go to or come from: user memory in one or
 * more pieces, or kernel memory.
 *
 * read, readv, recvmsg and the others make one; the operations of an open file fill or drain it, so
 * that a transfer is one copy however many pieces it has. Partial copies count as Linux counts
 * them: up to the first page that cannot be reached.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/errno.h>
#include <abi/uio.h>

#include "usercopy.h"

struct mm;

/* No transfer is larger. [MAX_RW_COUNT] */
#define UIO_MAX 0x7ffff000UL

struct uio {
	uint64_t left; /* bytes in all */
	uint64_t base; /* the current piece: address and rest */
	uint64_t len;
	const struct iovec *next; /* the pieces after it, in kernel memory */
	bool kernel;		  /* base is a kernel address */
};

/*
 * One piece of user memory; 0, or -EFAULT when it does not lie in the user half.
 * Longer ones are cut to UIO_MAX.
 */
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

/* Room for the pieces of a vector: few live on the stack, more in allocated memory. */
struct uio_vector {
	struct iovec few[8];
	struct iovec *all;
};

/*
 * The N pieces that user address IOV lists, in V (uio_free_vector when done,
 * whatever this returned): 0, -EINVAL (more than 1024, a length that is negative),
 * -EFAULT, -ENOMEM. [import_iovec]
 */
[[nodiscard]] int uio_init_vector(struct uio *u, struct uio_vector *v, uint64_t iov, uint64_t n);
/*
 * The first half of it: the pieces may lie anywhere, also in another
 * address space. [iovec_from_user]
 */
[[nodiscard]] int uio_copy_vector(struct uio_vector *v, uint64_t iov, uint64_t n);
void uio_free_vector(struct uio_vector *v);

/*
 * Copies min(N, left) bytes and steps over them; returns how many: fewer only
 * when memory cannot be reached.
 */
uint64_t uio_put_pieces(struct uio *u, const void *from, uint64_t n);
uint64_t uio_get_pieces(struct uio *u, void *to, uint64_t n);
/* The same with zeroes. */
uint64_t uio_put_zero(struct uio *u, uint64_t n);

static inline void uio_step(struct uio *u, uint64_t n)
{
	u->base += n;
	u->len -= n;
	u->left -= n;
}

/* Nearly always the bytes lie together, in memory that is there. */
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
 * Moves N bytes, or as many as U is long, between U and address ADDR of MM; FORCE: whatever the
 * mapping allows. How many: fewer with the reason in *ERR.
 */
uint64_t uio_move(struct mm *mm, uint64_t addr, struct uio *u, uint64_t n, bool write, bool force, int *err);
