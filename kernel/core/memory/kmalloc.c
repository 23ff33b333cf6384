/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc.c - small objects: a slab allocator. A slab is a page that is cut into pieces of one
 * size. An empty slab is given back at once, so a leak shows in the count of free pages. Larger
 * objects are blocks of page.c.
 */
#include <string.h>

#include "list.h"
#include "kassert.h"
#include "page.h"
#include "page_meta.h"
#include "panic.h"
#include "poison.h"

struct slab {
	struct list link; /* in the list of its size while it has a free piece */
	void *free;	  /* free pieces, chained through their first words */
	uint16_t used;	  /* pieces that are given out */
	uint16_t size;	  /* of a piece */
	uint16_t fresh;	  /* offset in the page of the pieces that were never given out; these are not in `free` */
	uint8_t class;	  /* index of the size in sizes[] */
	bool poisoned;	  /* its free pieces are poison behind their first two words */
};

#define SLAB_HEADER 32
_Static_assert(sizeof(struct slab) <= SLAB_HEADER, "pieces start behind the header");

/* The sizes of pieces: multiples of 16, of which the 4096 - 32 bytes of a slab hold many. */
static const uint16_t sizes[] = { 32, 64, 96, 128, 192, 256, 400, 576, 800, 1008, 1344, 2032 };
#define CLASSES (sizeof(sizes) / sizeof(sizes[0]))
#define SIZE_MAX_SMALL 2032

/* The class for objects of N times 16 bytes, by N. */
static const uint8_t classes[SIZE_MAX_SMALL / 16 + 1] = {
	[3 ... 4] = 1,	 [5 ... 6] = 2,	  [7 ... 8] = 3,   [9 ... 12] = 4,   [13 ... 16] = 5,	[17 ... 25] = 6,
	[26 ... 36] = 7, [37 ... 50] = 8, [51 ... 63] = 9, [64 ... 84] = 10, [85 ... 127] = 11,
};

static struct list partial[CLASSES]; /* the slabs with a free piece, by class */
static uint32_t slabs[CLASSES];	     /* how many slabs there are, full ones too, by class */

static uint32_t pieces_of(uint32_t class)
{
	return (PAGE_SIZE - SLAB_HEADER) / sizes[class];
}

/*
 * A free piece of a poisoned slab. freed_at is the return address of the kfree() that freed it, as
 * an offset into the kernel; 0: not known, or never given out. freed_at_turned is its complement,
 * so that a write over them is noticed.
 */
struct free_piece {
	struct free_piece *next;
	uint32_t freed_at, freed_at_turned;
	uint64_t poison[];
};

extern char kernel_start[];

static bool is_poisoned(const struct slab *s)
{
	return KASSERTS && s->poisoned;
}

static uint64_t piece_freed_at(const struct free_piece *p)
{
	const bool known = p->freed_at != 0 && p->freed_at == ~p->freed_at_turned;

	return known ? (uint64_t)kernel_start + p->freed_at : 0;
}

static void piece_poison(const struct slab *s, struct free_piece *p, uint32_t freed_at)
{
	memset(p->poison, POISON, s->size - sizeof(*p));
	p->freed_at = freed_at;
	p->freed_at_turned = ~freed_at;
}

static void piece_clear(const struct slab *s, struct free_piece *p)
{
	piece_poison(s, p, 0);
}

/* Panics if P, a free piece of S, was written to; says where it was freed. */
static void piece_check(const struct slab *s, struct free_piece *p)
{
	if (p->freed_at != ~p->freed_at_turned)
		poison_panic("slab", s->size, p, "was written to after it was freed", 0);
	poison_check(p->poison, s->size - sizeof(*p), "slab", s->size, piece_freed_at(p));
}

/* P, a piece of S, is about to be freed: panics if it is free already. */
static void piece_check_used(const struct slab *s, const struct free_piece *p)
{
	if (p->poison[0] != POISON_WORD || p->poison[1] != POISON_WORD)
		return;
	for (const struct free_piece *f = s->free; f != NULL; f = f->next)
		if (f == p)
			poison_panic("slab", s->size, p, "is freed twice", piece_freed_at(p));
}

/*
 * Puts the pieces of S that were never given out on its free list. Done only for tests: most slabs
 * are freed before all their pieces were given out, so it would be wasted work.
 */
static void chain_fresh(struct slab *s)
{
	for (; s->fresh + s->size <= (int)PAGE_SIZE; s->fresh += s->size) {
		struct free_piece *piece = (struct free_piece *)((char *)s + s->fresh);

		if (s->poisoned)
			piece_clear(s, piece);
		piece->next = s->free;
		s->free = piece;
	}
}

static bool is_full(const struct slab *s)
{
	return s->free == NULL && s->fresh + s->size > (int)PAGE_SIZE;
}

static struct slab *slab_create(uint32_t class)
{
	struct slab *s = page_alloc(0);

	if (s == NULL)
		return NULL;
	page_meta(s)->state = PAGE_STATE_SLAB;
	s->free = NULL;
	s->used = 0;
	s->size = sizes[class];
	s->class = (uint8_t) class;
	s->fresh = SLAB_HEADER;
	s->poisoned = poison_is_on();
	if (poison_is_on())
		chain_fresh(s);
	if (partial[class].next == NULL)
		list_init(&partial[class]);
	list_add(&s->link, &partial[class]);
	slabs[class]++;
	return s;
}

static unsigned order_of(size_t size)
{
	unsigned order = 0;

	while (PAGE_SIZE << order < size)
		order++;
	return order;
}

/* S is about to be freed: checks all its pieces, which are free. */
static void slab_check(const struct slab *s)
{
	for (struct free_piece *p = s->free; is_poisoned(s) && p != NULL; p = p->next)
		piece_check(s, p);
}

void *kmalloc_raw(size_t size)
{
	if (page_fails())
		return NULL;
	if (size > PAGE_SIZE << PAGE_ORDER_MAX)
		return NULL;
	if (size > SIZE_MAX_SMALL)
		return page_alloc(order_of(size));

	const uint32_t class = classes[(size + 15) / 16];
	struct slab *s;

	if (partial[class].next != NULL && !list_empty(&partial[class]))
		s = container_of(partial[class].next, struct slab, link);
	else
		s = slab_create(class);
	if (s == NULL)
		return NULL;

	void **piece = s->free;

	if (piece == NULL) {
		piece = (void **)((char *)s + s->fresh);
		s->fresh += s->size;
	} else {
		/* If a free piece was written to, its link leads out of the page. */
		KASSERT(PAGE_DOWN((uint64_t)piece) == (uint64_t)s);
		KASSERT(*piece == NULL || PAGE_DOWN((uint64_t)*piece) == (uint64_t)s);
		if (is_poisoned(s))
			piece_check(s, (struct free_piece *)piece);
		s->free = *piece;
	}
	s->used++;
	KASSERT(s->size >= size && s->used <= pieces_of(class));
	if (is_full(s))
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
	if ((uint64_t)p % PAGE_SIZE < SLAB_HEADER || (uint64_t)p % PAGE_SIZE >= s->fresh ||
	    ((uint64_t)p % PAGE_SIZE - SLAB_HEADER) % s->size != 0)
		panic("kfree: %p was not given out", p);
	if (is_full(s)) {
		list_add(&s->link, &partial[s->class]);
		s->poisoned = poison_is_on();
	}
	if (is_poisoned(s)) {
		piece_check_used(s, p);
		piece_poison(s, p, (uint32_t)((uint64_t)__builtin_return_address(0) - (uint64_t)kernel_start));
	}
	KASSERT(s->class < CLASSES && sizes[s->class] == s->size);
	*(void **)p = s->free;
	s->free = p;
	if (s->used == 0)
		panic("kfree: %p is freed twice", p);
	if (--s->used == 0) {
		KASSERT(!list_empty(&s->link));
		list_del(&s->link);
		slab_check(s);
		slabs[s->class]--;
		m->state = PAGE_STATE_USED;
		page_free(s, 0);
	}
}

uint32_t kmalloc_size(uint32_t class)
{
	return class < CLASSES ? sizes[class] : 0;
}

uint32_t kmalloc_count(uint32_t class)
{
	uint32_t n = slabs[class] * pieces_of(class);

	if (partial[class].next == NULL)
		return 0;
	list_for_each(link, &partial[class])
		n -= pieces_of(class) - container_of(link, struct slab, link)->used;
	return n;
}

static void each_free_piece(void (*fn)(const struct slab *s, struct free_piece *p))
{
	for (uint32_t class = 0; class < CLASSES; class ++) {
		if (partial[class].next == NULL)
			continue;
		list_for_each(link, &partial[class]) {
			struct slab *s = container_of(link, struct slab, link);

			s->poisoned = poison_is_on();
			chain_fresh(s);
			for (struct free_piece *p = s->free; p != NULL; p = p->next)
				fn(s, p);
		}
	}
}

void kmalloc_poison(void)
{
	each_free_piece(piece_clear);
}

void kmalloc_check_free(void)
{
	each_free_piece(piece_check);
}
