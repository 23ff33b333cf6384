/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page.h - physical memory: blocks of 2^n pages (page.c), and small objects (kmalloc.c).
 *
 * Memory that nobody has asked for is never touched, so start-up costs the same whatever the size
 * of the memory.
 *
 * Invariant: a block is either free, and in the list of its order; or in use, by one owner, who
 * knows its order, or by as many holders as its `refs` says. A free block's address is a multiple
 * of its size. A free block and its buddy, if both were carved from one block, are not both free in
 * the same order: they would have been merged.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phys.h"

/*
 * Gives the RAM from START to END (physical, in the direct map) to the allocator. At boot only; at
 * most 16 ranges.
 */
void page_add_range(paddr_t start, paddr_t end);

/*
 * At boot, once, when all ranges are known: takes the memory for the struct page_metas from the
 * largest range. Ends the boot if there is none: refuse().
 */
void page_init(void);

/*
 * For tests: the Nth allocation from now on, by page_alloc() or kmalloc(), fails; 0: none does. It
 * counts down to 0. Root can set it through /proc/sys/vm/fail_nth if the kernel command line has
 * "fail-nth".
 */
extern uint32_t page_fail_nth;
/*
 * For tests: from now on one of RATE allocations fails, on average, as SEED chooses; RATE 0: none.
 * Returns how many have failed so far.
 */
uint32_t page_fail_often(uint32_t rate, uint32_t seed);
bool page_failed(void); /* for page_fails(): counts the failure, and chooses the next one; true */

/* Is this allocation to fail? */
static inline bool page_fails(void)
{
	return KASSERTS && page_fail_nth != 0 && --page_fail_nth == 0 && page_failed();
}

/*
 * 2^ORDER contiguous pages with arbitrary contents and one reference; NULL when there is no memory.
 */
[[nodiscard]] void *page_alloc(unsigned order);
/*
 * At boot: FN is called when no memory is left. It frees some; false: there is none that it can
 * free.
 */
void page_on_shortage(bool (*fn)(void));
/* One zeroed page, or NULL. */
[[nodiscard]] void *page_alloc_zero(void);

/*
 * Take a reference to a page that address spaces share (order 0 only), and give one up: the last
 * one frees the page. page_refs(): how many there are.
 */
void page_get(void *page);
void page_put(void *page);
uint32_t page_refs(const void *page);

/*
 * A list of pages of order 0, each with one reference. It takes no memory of its own: *LIST is 0
 * when it is empty, and a page's count of references is the link. So page_get(), page_put() and
 * page_refs() must not be called for a page on a list. page_pop() returns NULL when the list is
 * empty.
 */
void page_push(uint32_t *list, void *page);
void *page_pop(uint32_t *list);

/* Frees what page_alloc(ORDER) gave. */
void page_free(void *page, unsigned order);
/*
 * Frees one page, all of which is zero: page_alloc_zero() gives it out again without clearing it.
 */
void page_free_zeroed(void *page);

/* How many pages are free now, and how many there are. */
uint64_t page_count_free(void);
uint64_t page_count_total(void);

/*
 * SIZE zeroed bytes, aligned to 16 bytes (from 4096 bytes up, to a page); NULL when there is no
 * memory.
 */
[[nodiscard]] void *kmalloc(size_t size) __attribute__((malloc));
/* The same, not zeroed: for memory that is written before it is read. */
[[nodiscard]] void *kmalloc_raw(size_t size) __attribute__((malloc));
/* Frees P, which came from kmalloc() or kmalloc_raw(), or is NULL. Panics if it is not in use. */
void kfree(void *p);
/*
 * For the leak check: the size of small objects of CLASS (0: there is no such class), and how many
 * of them are in use.
 */
uint32_t kmalloc_size(uint32_t class);
uint32_t kmalloc_count(uint32_t class);
/*
 * For tests, at boot: memory is poisoned when it is freed from now on, and what is free now is
 * poisoned at once (poison.h). page_poison() is called first.
 */
void page_poison(void);
void kmalloc_poison(void);
/* For tests: panic if free memory was written to. */
void page_check_free(void);
void kmalloc_check_free(void);
