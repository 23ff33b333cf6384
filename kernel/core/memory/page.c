/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page.c - the page allocator: a buddy system. It takes untouched memory into use only when no free
 * block is large enough.
 *
 * Each page has a struct page_meta of eight bytes. It has no contents until the page was in use for
 * the first time, and is not read before that: a block's buddy is looked at only if both were
 * carved from one block.
 */
#include "page.h"

#include <string.h>

#include "kassert.h"
#include "list.h"
#include "page_meta.h"
#include "panic.h"
#include "poison.h"

#define RANGES_MAX 16

static struct range {
	paddr_t next, end; /* memory that was not taken into use yet */
} ranges[RANGES_MAX];
static unsigned range_count;

static struct list free_blocks[PAGE_ORDER_MAX + 1];
struct page_meta *page_metas;
static paddr_t lowest, highest;
static uint64_t free_pages, total_pages;
uint32_t page_fail_nth;

static uint32_t fail_rate, fail_random, fail_count;

bool page_failed(void)
{
	fail_count++;
	if (fail_rate != 0) {
		/* xorshift32 */
		fail_random ^= fail_random << 13;
		fail_random ^= fail_random >> 17;
		fail_random ^= fail_random << 5;
		page_fail_nth = 1 + fail_random % (2 * fail_rate - 1);
	}
	return true;
}

uint32_t page_fail_often(uint32_t rate, uint32_t seed)
{
	fail_rate = rate;
	fail_random = seed * 2654435769U + 1;
	page_fail_nth = rate == 0 ? 0 : 1 + fail_random % (2 * rate - 1);
	return fail_count;
}

void page_add_range(paddr_t start, paddr_t end)
{
	start = PAGE_UP(start);
	end = PAGE_DOWN(end);
	if (start >= end || range_count == RANGES_MAX)
		return;
	ranges[range_count++] = (struct range){ start, end };
}

void page_init(void)
{
	struct range *largest = &ranges[0];

	if (range_count == 0)
		refuse("page: no memory");
	lowest = ranges[0].next;
	for (unsigned i = 0; i < range_count; i++) {
		struct range *r = &ranges[i];

		if (r->next < lowest)
			lowest = r->next;
		if (r->end > highest)
			highest = r->end;
		if (r->end - r->next > largest->end - largest->next)
			largest = r;
	}
	for (unsigned o = 0; o <= PAGE_ORDER_MAX; o++)
		list_init(&free_blocks[o]);

	const uint64_t bytes = PAGE_UP((highest - lowest) / PAGE_SIZE * sizeof(struct page_meta));

	if (bytes >= largest->end - largest->next)
		refuse("page: no room for %lu bytes of page descriptions", (unsigned long)bytes);
	page_metas = (struct page_meta *)page_virt(largest->next) - (lowest >> PAGE_SHIFT);
	largest->next += bytes;
	for (unsigned i = 0; i < range_count; i++)
		total_pages += (ranges[i].end - ranges[i].next) >> PAGE_SHIFT;
	free_pages = total_pages;
}

#define CHECKED_MAX (4 * PAGE_SIZE) /* bytes of a block that are checked for poison when it is given out */

/* Panics if one of the first MOST bytes of the free BLOCK, behind its links, is not poison. */
static void block_check(const struct list *block, unsigned order, uint64_t most)
{
	const uint64_t size = PAGE_SIZE << order;

	poison_check(block + 1, (size < most ? size : most) - sizeof(*block), "pages", size, 0);
}

/*
 * Puts a BLOCK of ORDER on the free list. CARVED: the order of the block from which it was split.
 * POISONED: all of it but the links is poison.
 */
static void block_put(void *block, unsigned order, unsigned carved, bool poisoned)
{
	struct page_meta *m = page_meta(block);

	KASSERT(order <= carved && carved <= PAGE_ORDER_MAX);
	KASSERT((page_phys(block) & ((PAGE_SIZE << order) - 1)) == 0); /* aligned to its size */
	m->refs = 0;
	m->order = (uint8_t)order;
	m->carved = (uint8_t)carved;
	m->state = PAGE_STATE_FREE;
	m->poisoned = poisoned;
	list_add(block, &free_blocks[order]);
}

/* Takes another block into use, as large as its address allows. False: all memory is in use. */
static bool carve_block(void)
{
	for (unsigned i = 0; i < range_count; i++) {
		struct range *r = &ranges[i];
		unsigned order = PAGE_ORDER_MAX;

		if (r->next == r->end)
			continue;
		while (r->next & ((PAGE_SIZE << order) - 1) || r->end - r->next < PAGE_SIZE << order)
			order--;
		if (poison_is_on())
			memset(page_virt(r->next), POISON, PAGE_SIZE << order);
		block_put(page_virt(r->next), order, order, poison_is_on());
		r->next += PAGE_SIZE << order;
		return true;
	}
	return false;
}

/* ---- zeroed pages ---- */

#define ZEROED_MAX 64 /* few, because they are not merged to larger blocks */

static uint32_t zeroed; /* free pages that are all zeroes: a list of page_push() */
static uint32_t zeroed_count;

static void *take_zeroed(void)
{
	void *page = page_virt((paddr_t)zeroed << PAGE_SHIFT);
	struct page_meta *m = page_meta(page);

	KASSERT(m->state == PAGE_STATE_ZEROED && zeroed_count != 0);
	zeroed = m->refs;
	zeroed_count--;
	free_pages--;
	m->state = PAGE_STATE_USED;
	m->refs = 1;
	return page;
}

void page_free_zeroed(void *page)
{
	struct page_meta *m = page_meta(page);

	if (poison || zeroed_count == ZEROED_MAX) {
		page_free(page, 0);
		return;
	}
	page_push(&zeroed, page);
	m->state = PAGE_STATE_ZEROED;
	zeroed_count++;
	free_pages++;
}

/* Turns the zeroed pages into ordinary free ones. False: there are none. */
static bool give_up_zeroed(void)
{
	if (zeroed_count == 0)
		return false;
	while (zeroed_count != 0)
		page_free(take_zeroed(), 0);
	return true;
}

static bool (*on_shortage)(void);

void page_on_shortage(bool (*fn)(void))
{
	on_shortage = fn;
}

void *page_alloc(unsigned order)
{
	unsigned o;

	if (page_fails())
		return NULL;
	for (;;) {
		for (o = order; o <= PAGE_ORDER_MAX && list_empty(&free_blocks[o]); o++)
			;
		if (o <= PAGE_ORDER_MAX)
			break;
		if (order > PAGE_ORDER_MAX ||
		    (!give_up_zeroed() && !carve_block() && (on_shortage == NULL || !on_shortage())))
			return NULL;
	}

	struct list *block = free_blocks[o].next;
	struct page_meta *m = page_meta(block);

	KASSERT(m->state == PAGE_STATE_FREE && m->order == o && o <= m->carved);
	KASSERT(page_phys(block) >= lowest && page_phys(block) + (PAGE_SIZE << o) <= highest);
	list_del(block);
	while (o > order) {
		o--;
		block_put((char *)block + (PAGE_SIZE << o), o, m->carved, m->poisoned);
	}
	if (poison_is_on() && m->poisoned)
		block_check(block, order, CHECKED_MAX);
	m->order = (uint8_t)order;
	m->state = PAGE_STATE_USED;
	m->refs = 1;
	KASSERT(free_pages >= 1UL << order);
	free_pages -= 1UL << order;
	return block;
}

void *page_alloc_zero(void)
{
	void *page;

	if (zeroed_count != 0)
		return page_fails() ? NULL : take_zeroed();
	page = page_alloc(0);
	return page != NULL ? memset(page, 0, PAGE_SIZE) : NULL;
}

void page_free(void *page, unsigned order)
{
	struct page_meta *m = page_meta(page);
	bool poisoned = poison_is_on();

	KASSERT(page_phys(page) >= lowest && page_phys(page) < highest && page_phys(page) % PAGE_SIZE == 0);
	if (m->state != PAGE_STATE_USED || m->order != order)
		panic("page: %p is freed twice, or with the wrong size", page);
	if (poison_is_on())
		memset(page, POISON, PAGE_SIZE << order);
	free_pages += 1UL << order;
	KASSERT(free_pages <= total_pages);
	while (order < m->carved) {
		void *buddy = page_virt(page_phys(page) ^ PAGE_SIZE << order);
		struct page_meta *b = page_meta(buddy);

		if (b->state != PAGE_STATE_FREE || b->order != order)
			break;
		KASSERT(b->carved == m->carved || buddy > page);
		list_del(buddy);
		poisoned &= b->poisoned;
		if (poisoned)
			memset(buddy, POISON, sizeof(struct list)); /* the links */
		if (buddy < page) {
			page = buddy;
			b->carved = m->carved;
			m = b;
		}
		order++;
	}
	block_put(page, order, m->carved, poisoned);
}

void page_get(void *page)
{
	KASSERT(page_meta(page)->state == PAGE_STATE_USED && page_meta(page)->refs != 0);
	page_meta(page)->refs++;
}

void page_put(void *page)
{
	KASSERT(page_meta(page)->state == PAGE_STATE_USED && page_meta(page)->refs != 0);
	if (--page_meta(page)->refs == 0)
		page_free(page, 0);
}

/* A link is a page's frame number. 0 ends the list: frame 0 is the firmware's, or not RAM. */
void page_push(uint32_t *list, void *page)
{
	KASSERT(page_meta(page)->state == PAGE_STATE_USED && page_meta(page)->order == 0);
	page_meta(page)->refs = *list;
	*list = (uint32_t)(page_phys(page) >> PAGE_SHIFT);
}

void *page_pop(uint32_t *list)
{
	void *page;

	if (*list == 0)
		return NULL;
	page = page_virt((paddr_t)*list << PAGE_SHIFT);
	KASSERT(page_meta(page)->state == PAGE_STATE_USED);
	*list = page_meta(page)->refs;
	return page;
}

uint32_t page_refs(const void *page)
{
	KASSERT(page_meta(page)->refs != 0);
	return page_meta(page)->refs;
}

uint64_t page_count_free(void)
{
	return free_pages;
}

uint64_t page_count_total(void)
{
	return total_pages;
}

void page_poison(void)
{
	poison = true;
	for (unsigned o = 0; o <= PAGE_ORDER_MAX; o++)
		list_for_each(block, &free_blocks[o]) {
			memset(block + 1, POISON, (PAGE_SIZE << o) - sizeof(*block));
			page_meta(block)->poisoned = true;
		}
}

void page_check_free(void)
{
	for (unsigned o = 0; o <= PAGE_ORDER_MAX; o++)
		list_for_each(block, &free_blocks[o])
			if (page_meta(block)->poisoned)
				block_check(block, o, PAGE_SIZE << o);
}
