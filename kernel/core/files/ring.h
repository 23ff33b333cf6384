/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.h - the bytes in a pipe: a ring of pages, each of which exists only while it holds bytes.
 *
 * Positions only grow. When the ring becomes empty it starts again at its first page, which stays:
 * so short messages to a reader that waits allocate nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "page.h"
#include "uio.h"

/*
 * The bytes from `tail` to `head`, never more than the pages hold, can be read. Each page with one
 * of them is allocated, and at most one other.
 */
struct ring {
	uint64_t head, tail; /* positions behind the last byte put in, and of the next byte to take out */
	uint64_t pages;	     /* a power of two */
	uint8_t **page;
};

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
/* Frees the pages; the ring is empty then. */
void ring_clear(struct ring *r);
void ring_free(struct ring *r);
/* Changes its size to PAGES pages, a power of two: 0, -EBUSY (its bytes do not fit) or -ENOMEM. */
[[nodiscard]] int ring_resize(struct ring *r, uint64_t pages);

/* ring_take() and ring_put(), in all cases. */
uint64_t ring_take_pages(struct ring *r, struct uio *to);
[[nodiscard]] int ring_put_pages(struct ring *r, struct uio *from);

/*
 * Takes out as many bytes as TO has room for, and returns how many; fewer when TO's memory cannot
 * be reached.
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

/* Copies up to N bytes after the first SKIP, and returns how many. */
uint64_t ring_peek(const struct ring *r, uint64_t skip, void *buf, uint64_t n);
/* Removes the first N bytes; there are as many. */
void ring_drop(struct ring *r, uint64_t n);

/* Puts in as much of FROM as fits: 0 (the rest is left in FROM), -EFAULT or -ENOMEM. */
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
