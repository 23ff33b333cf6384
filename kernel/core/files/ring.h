/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.h - bytes on their way through a pipe: a ring of pages, each there
 * only while it holds something.
 *
 * Positions count for ever. Whenever the ring runs empty it starts again at its first page, which
 * stays: short messages to a waiting reader allocate nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "page.h"
#include "uio.h"

/*
 * Bytes from `tail` to `head`, never more than the pages hold, are there to be read. Each page that
 * one of them lies in is allocated, and at most one other.
 */
struct ring {
	uint64_t head, tail; /* bytes put in, bytes taken out */
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

/* Room for PAGES pages, a power of two: 0 or -ENOMEM. */
[[nodiscard]] int ring_init(struct ring *r, uint64_t pages);
/* Gives up the pages; the ring is empty. */
void ring_clear(struct ring *r);
void ring_free(struct ring *r);
/* Makes it PAGES pages, a power of two: 0, -EBUSY (what is in it does not fit), -ENOMEM. */
[[nodiscard]] int ring_resize(struct ring *r, uint64_t pages);

/* The general forms of the two below. */
uint64_t ring_take_pages(struct ring *r, struct uio *to);
[[nodiscard]] int ring_put_pages(struct ring *r, struct uio *from);

/*
 * Takes out what TO has room for: bytes; fewer than there are when TO's memory cannot be reached.
 */
static inline uint64_t ring_take(struct ring *r, struct uio *to)
{
	const uint64_t n = ring_used(r);
	uint64_t got;

	/* Everything, out of the first page: the ring starts again. */
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

/* Copies up to N bytes that follow the first SKIP: how many. */
uint64_t ring_peek(const struct ring *r, uint64_t skip, void *buf, uint64_t n);
/* Takes the first N bytes out; there are as many. */
void ring_drop(struct ring *r, uint64_t n);

/* Puts in what fits: 0 (what did not fit is left in FROM), -EFAULT, -ENOMEM. */
[[nodiscard]] static inline int ring_put(struct ring *r, struct uio *from)
{
	const uint64_t n = from->left;
	uint64_t got;

	/* All of it, into the first page. */
	if (n > PAGE_SIZE || r->head + n > PAGE_SIZE || r->page[0] == NULL)
		return ring_put_pages(r, from);
	got = uio_get(from, r->page[0] + r->head, n);
	r->head += got;
	return got == n ? 0 : -EFAULT;
}
