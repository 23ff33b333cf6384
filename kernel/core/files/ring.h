/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.h - the bytes in a pipe: a ring buffer of pages, each of which is allocated only while it
 * holds bytes.
 *
 * Positions grow until the ring becomes empty. Then they begin anew at 0, in the first page, which
 * stays allocated: so short messages to a reader that waits allocate nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "page.h"
#include "uio.h"

/*
 * The bytes from `tail` to `head` can be read; they are never more than the pages hold. Invariant:
 * each page with one of them is allocated, and at most one other page.
 */
struct ring {
	uint64_t head, tail; /* the positions of the next byte to put in, and of the next byte to take out */
	uint64_t pages;	     /* how many, a power of two */
	uint8_t **page;	     /* by number modulo `pages`; NULL: not allocated */
};

/* How many bytes are in R, and how many more fit. */
static inline uint64_t ring_used(const struct ring *r)
{
	return r->head - r->tail;
}

static inline uint64_t ring_room(const struct ring *r)
{
	return r->pages * PAGE_SIZE - ring_used(r);
}

/* Makes an empty ring of PAGES pages, a power of two: 0 or -ENOMEM. */
[[nodiscard]] int ring_init(struct ring *r, uint64_t pages);
/*
 * Frees all that R, which may be all zero, has for good. Lets other tasks run, so nobody may find R
 * any more.
 */
void ring_free(struct ring *r);
/* Changes its size to PAGES pages, a power of two: 0, -EBUSY (its bytes do not fit) or -ENOMEM. */
[[nodiscard]] int ring_resize(struct ring *r, uint64_t pages);

#define RING_STEP 65536UL /* bytes; then the caller should let other tasks run */

/* The general cases of ring_take() and ring_put(). */
uint64_t ring_take_pages(struct ring *r, struct uio *to);
[[nodiscard]] int ring_put_pages(struct ring *r, struct uio *from);

/*
 * Takes out as many bytes as there are and TO has room for, at most RING_STEP. Returns how many:
 * fewer if TO's memory cannot be reached.
 */
static inline uint64_t ring_take(struct ring *r, struct uio *to)
{
	const uint64_t n = ring_used(r);
	uint64_t got;

	/* The quick case: all bytes lie in the first page, and the ring becomes empty. */
	if (r->head > PAGE_SIZE || n > to->left)
		return ring_take_pages(r, to);
	got = uio_put(to, r->page[0] + r->tail, n);
	if (got != n) {
		r->tail += got;
		return got;
	}
	r->head = r->tail = 0;
	return n;
}

/* Copies up to N bytes behind the first SKIP to BUF, and returns how many; they stay in R. */
uint64_t ring_peek(const struct ring *r, uint64_t skip, void *buf, uint64_t n);
/* Removes the first N bytes, of which there must be as many. */
void ring_drop(struct ring *r, uint64_t n);

/*
 * Puts in as much of FROM as fits, at most RING_STEP: 0 (the rest is left in FROM), -EFAULT or
 * -ENOMEM.
 */
[[nodiscard]] static inline int ring_put(struct ring *r, struct uio *from)
{
	const uint64_t n = from->left;
	uint64_t got;

	/* The quick case: everything fits into the first page, which exists. */
	if (n > PAGE_SIZE || r->head + n > PAGE_SIZE || r->page[0] == NULL)
		return ring_put_pages(r, from);
	got = uio_get(from, r->page[0] + r->head, n);
	r->head += got;
	return got == n ? 0 : -EFAULT;
}
