/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc.c - small objects: pages are cut into pieces of one size each. An empty page is given
 * back at once, so that a leak shows in the count of free pages.
 */
#include <string.h>

#include "list.h"
#include "kassert.h"
#include "page.h"
#include "page_meta.h"
#include "panic.h"

struct slab {
	struct list link; /* in the list of its size while it has a free piece */
	void *free;	  /* free pieces, chained through their first words */
	uint16_t used;
	uint16_t size;
	uint32_t class;
};

#define SLAB_HEADER 32
_Static_assert(sizeof(struct slab) <= SLAB_HEADER, "pieces start behind the header");

/* Multiples of 16 that use a page's 4096 - 32 bytes well. */
static const uint16_t sizes[] = { 32, 64, 96, 128, 192, 256, 400, 576, 800, 1008, 1344, 2032 };
#define CLASSES (sizeof(sizes) / sizeof(sizes[0]))

static struct list partial[CLASSES];

static struct slab *slab_create(uint32_t class)
{
	struct slab *s = page_alloc(0);

	if (s == NULL)
		return NULL;
	page_meta(s)->state = PAGE_STATE_SLAB;
	s->free = NULL;
	s->used = 0;
	s->size = sizes[class];
	s->class = class;
	for (uint32_t at = SLAB_HEADER; at + s->size <= PAGE_SIZE; at += s->size) {
		void **piece = (void **)((char *)s + at);

		*piece = s->free;
		s->free = piece;
	}
	if (partial[class].next == NULL)
		list_init(&partial[class]);
	list_add(&s->link, &partial[class]);
	return s;
}

static unsigned order_of(size_t size)
{
	unsigned order = 0;

	while (PAGE_SIZE << order < size)
		order++;
	return order;
}

void *kmalloc_raw(size_t size)
{
	uint32_t class = 0;

	if (page_fails())
		return NULL;
	if (size > PAGE_SIZE << PAGE_ORDER_MAX)
		return NULL;
	if (size > sizes[CLASSES - 1])
		return page_alloc(order_of(size));
	while (sizes[class] < size)
		class ++;

	struct slab *s;

	if (partial[class].next != NULL && !list_empty(&partial[class]))
		s = container_of(partial[class].next, struct slab, link);
	else
		s = slab_create(class);
	if (s == NULL)
		return NULL;

	void **piece = s->free;

	/* If a free piece was written to, its link leads out of the page. */
	KASSERT(PAGE_DOWN((uint64_t)piece) == (uint64_t)s && s->size >= size);
	KASSERT(*piece == NULL || PAGE_DOWN((uint64_t)*piece) == (uint64_t)s);
	s->free = *piece;
	s->used++;
	KASSERT(s->used <= (PAGE_SIZE - SLAB_HEADER) / s->size);
	if (s->free == NULL)
		list_del(&s->link);
	return piece;
}

void *kmalloc(size_t size)
{
	void *p = kmalloc_raw(size);

	return p != NULL ? memset(p, 0, (size + 15) & ~15UL) : NULL; /* whole words: all sizes are multiples of 16 */
}

void kfree(void *p)
{
	if (p == NULL)
		return;

	struct slab *s = (struct slab *)PAGE_DOWN((uint64_t)p);
	struct page_meta *m = page_meta(s);

	if (m->state != PAGE_STATE_SLAB) {
		if (m->state != PAGE_STATE_USED || (void *)s != p)
			panic("kfree: %p was not given out, or is freed twice", p);
		page_free(p, m->order);
		return;
	}
	if ((uint64_t)p % PAGE_SIZE < SLAB_HEADER || ((uint64_t)p % PAGE_SIZE - SLAB_HEADER) % s->size != 0)
		panic("kfree: %p was not given out", p);
	if (page_poison)
		memset(p, PAGE_POISON, s->size);
	KASSERT(s->class < CLASSES && sizes[s->class] == s->size);
	if (s->free == NULL)
		list_add(&s->link, &partial[s->class]);
	*(void **)p = s->free;
	s->free = p;
	if (s->used == 0)
		panic("kfree: %p is freed twice", p);
	if (--s->used == 0) {
		KASSERT(!list_empty(&s->link));
		list_del(&s->link);
		m->state = PAGE_STATE_USED;
		page_free(s, 0);
	}
}
