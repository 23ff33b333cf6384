/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.h - bytes on their way through a pipe: a ring of pages, each there only while it holds something.
 *
 * Positions count for ever. Whenever the ring runs empty it starts again at its first page, which stays: short messages to a
 * waiting reader allocate nothing.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "page.h"

struct uio;

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
int ring_init(struct ring *r, uint64_t pages);
/* Gives up the pages; the ring is empty. */
void ring_clear(struct ring *r);
void ring_free(struct ring *r);
/* Takes out what TO has room for: bytes; fewer than there are when TO's memory cannot be reached. */
uint64_t ring_take(struct ring *r, struct uio *to);
/* Puts in what fits: 0 (what did not fit is left in FROM), -EFAULT, -ENOMEM. */
int ring_put(struct ring *r, struct uio *from);
/* Makes it PAGES pages, a power of two: 0, -EBUSY (what is in it does not fit), -ENOMEM. */
int ring_resize(struct ring *r, uint64_t pages);
