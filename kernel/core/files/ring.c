/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.c - the bytes in a pipe, as a ring of pages: see ring.h. Called from pipe.c.
 */
#include "ring.h"

#include <abi/errno.h>
#include <string.h>

#include "kassert.h"
#include "task.h"

/* The place in r->page of the page with position POS. */
static uint8_t **page_of(const struct ring *r, uint64_t pos)
{
	return &r->page[pos >> PAGE_SHIFT & (r->pages - 1)];
}

#define PAGES_MAX 65536U /* 256 MiB, because r->page is cleared in one step */

int ring_init(struct ring *r, uint64_t pages)
{
	r->head = r->tail = 0;
	r->pages = pages;
	r->page = kmalloc(pages * sizeof(*r->page));
	return r->page != NULL ? 0 : -ENOMEM;
}

static void forget_page(uint8_t **page)
{
	if (*page != NULL)
		page_free(*page, 0);
	*page = NULL;
}

#define PAGE_WORK 1024U /* freeing a page, for sched_worked() */

/*
 * Only the places from tail to head, and perhaps the first one, have pages. The others, of which
 * there may be many, are not looked at.
 */
void ring_free(struct ring *r)
{
	uint32_t worked = 0;

	if (r->page == NULL)
		return;
	for (uint64_t pos = PAGE_DOWN(r->tail); pos <= r->head; pos += PAGE_SIZE) {
		forget_page(page_of(r, pos));
		(void)sched_worked(&worked, PAGE_WORK);
	}
	forget_page(r->page);
	kfree(r->page);
}

/* How many of N bytes from POS on are in one page. */
static inline uint64_t in_page(uint64_t pos, uint64_t n)
{
	const uint64_t rest = PAGE_SIZE - (pos & PAGE_MASK);

	return n < rest ? n : rest;
}

/*
 * Called when tail has moved from OLD to the end of its page, or to head: frees that page when it
 * is not needed any more.
 */
static void drop_page(struct ring *r, uint64_t old)
{
	/* The number of the next page that will have the same place. */
	uint64_t again = (old >> PAGE_SHIFT) + r->pages;
	bool empty = r->tail == r->head;

	KASSERT(r->tail <= r->head && r->head - r->tail <= r->pages << PAGE_SHIFT);
	if (empty ? page_of(r, old) != r->page : r->head <= again << PAGE_SHIFT) {
		page_free(*page_of(r, old), 0);
		*page_of(r, old) = NULL;
	}
	if (empty)
		r->head = r->tail = 0;
}

/* Takes N bytes out of the tail's page. */
static inline uint64_t take_part(struct ring *r, struct uio *to, uint64_t n)
{
	const uint64_t old = r->tail;
	const uint64_t got = uio_put(to, *page_of(r, old) + (old & PAGE_MASK), n);

	r->tail = old + got;
	if (r->tail == r->head && old < PAGE_SIZE)
		r->head = r->tail = 0; /* the same as drop_page() would do */
	else if (got != 0 && (r->tail == r->head || (r->tail & PAGE_MASK) == 0))
		drop_page(r, old);
	return got;
}

/* How many of LEFT bytes are moved at once where N can be moved. */
static uint64_t ring_step(uint64_t n, uint64_t left)
{
	if (n > left)
		n = left;
	return n < RING_STEP ? n : RING_STEP;
}

uint64_t ring_take_pages(struct ring *r, struct uio *to)
{
	const uint64_t want = ring_step(ring_used(r), to->left);
	uint64_t n = in_page(r->tail, want), done;

	KASSERT(want == 0 || *page_of(r, r->tail) != NULL);
	if (n == want)
		return take_part(r, to, n);
	for (done = 0; done < want; done += n) {
		n = in_page(r->tail, want - done);
		const uint64_t got = take_part(r, to, n);

		if (got != n)
			return done + got;
	}
	return done;
}

uint64_t ring_peek(const struct ring *r, uint64_t skip, void *buf, uint64_t n)
{
	uint64_t done = 0, part;

	if (skip >= ring_used(r))
		return 0;
	if (n > ring_used(r) - skip)
		n = ring_used(r) - skip;
	for (uint64_t pos = r->tail + skip; done < n; done += part, pos += part) {
		KASSERT(*page_of(r, pos) != NULL);
		part = in_page(pos, n - done);
		memcpy((uint8_t *)buf + done, *page_of(r, pos) + (pos & PAGE_MASK), part);
	}
	return n;
}

void ring_drop(struct ring *r, uint64_t n)
{
	while (n > 0) {
		const uint64_t old = r->tail, part = in_page(old, n);

		KASSERT(part <= ring_used(r));
		r->tail += part;
		n -= part;
		if (r->tail == r->head || (r->tail & PAGE_MASK) == 0)
			drop_page(r, old);
	}
}

int ring_put_pages(struct ring *r, struct uio *from)
{
	uint64_t want = ring_step(ring_room(r), from->left);

	while (want > 0) {
		const uint64_t n = in_page(r->head, want);
		uint8_t **page = page_of(r, r->head);
		const bool new = *page == NULL;
		uint64_t got;

		if (new)
			*page = page_alloc(0);
		if (*page == NULL)
			return -ENOMEM;
		got = uio_get(from, *page + (r->head & PAGE_MASK), n);
		r->head += got;
		KASSERT(ring_used(r) <= r->pages << PAGE_SHIFT);
		if (got == 0 && new)
			forget_page(page);
		if (got != n)
			return -EFAULT;
		want -= n;
	}
	return 0;
}

int ring_resize(struct ring *r, uint64_t pages)
{
	const uint64_t used = (PAGE_UP(r->head) - PAGE_DOWN(r->tail)) >> PAGE_SHIFT;
	uint8_t **page;

	/*
	 * used > r->pages: one page holds both the oldest and the newest bytes, and cannot be
	 * divided.
	 */
	if (ring_used(r) > 0 && (used > pages || used > r->pages))
		return -EBUSY;
	page = pages <= PAGES_MAX ? kmalloc(pages * sizeof(*page)) : NULL;
	if (page == NULL)
		return -ENOMEM;
	if (ring_used(r) == 0) /* it may have a page, the first one */
		forget_page(r->page);
	for (uint64_t pos = PAGE_DOWN(r->tail); pos < r->head; pos += PAGE_SIZE)
		page[pos >> PAGE_SHIFT & (pages - 1)] = *page_of(r, pos);
	kfree(r->page);
	r->page = page;
	r->pages = pages;
	return 0;
}
