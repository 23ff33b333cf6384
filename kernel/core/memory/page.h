/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page.h - physical memory: pages by powers of two, and small objects carved from them.
 *
 * Memory that was never asked for is never touched, so start-up costs the same at any size.
 *
 * A block is free and in the list of its order, or used by one owner who knows its order, or by as
 * many holders as its `refs` says. A free block lies at a multiple of its size, and its buddy, if
 * both were carved from one block, is not free in the same order, or the two would be one.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phys.h"

/*
 * Hands the RAM from START to END (physical, direct-mapped) to the
 * allocator. Boot only; at most 16 ranges.
 */
void page_add_range(paddr_t start, paddr_t end);

/* Once, after the ranges: takes room for its descriptions from the largest. */
void page_init(void);

/*
 * For tests: the N-th allocation from now on, of pages or by kmalloc(), finds no memory,
 * once; 0: none. Counts down to 0. Zero unless the kernel command line has "fail-nth", and
 * root writes /proc/sys/vm/fail_nth.
 */
extern uint32_t page_fail_nth;
/*
 * From now on one of RATE allocations fails, on average, as SEED chooses; RATE 0: none.
 * Returns how many have failed so far.
 */
uint32_t page_fail_often(uint32_t rate, uint32_t seed);
bool page_failed(void); /* true, and the next one is chosen */

static inline bool page_fails(void)
{
	return page_fail_nth != 0 && --page_fail_nth == 0 && page_failed();
}

/* 2^ORDER contiguous pages, contents arbitrary, one reference; NULL when there is no memory. */
[[nodiscard]] void *page_alloc(unsigned order);
/* FN frees some memory when there is none left, and says whether it did. Boot. */
void page_on_shortage(bool (*fn)(void));
/* One zeroed page, or NULL. */
[[nodiscard]] void *page_alloc_zero(void);

/*
 * Reference counts of the pages that address spaces share (order 0 only).
 * page_put frees at the last one.
 */
void page_get(void *page);
void page_put(void *page);
uint32_t page_refs(const void *page);

/*
 * A list of pages, each with one holder and of order 0, that takes no memory: *LIST is 0 when
 * it is empty. While a page is on it, page_get, page_put and page_refs are not for it.
 * page_pop: NULL when there is none.
 */
void page_push(uint32_t *list, void *page);
void *page_pop(uint32_t *list);

/*
 * For tests: what is freed is filled with PAGE_POISON, so that who still reads
 * it does not find what was there.
 */
extern bool page_poison;
#define PAGE_POISON 0xdb

/* Frees what page_alloc(ORDER) gave. */
void page_free(void *page, unsigned order);

/* Pages that are free now, and pages there are. */
uint64_t page_count_free(void);
uint64_t page_count_total(void);

/* SIZE bytes, 16-byte aligned (page-aligned from 4096 up), zeroed; NULL when there is no memory. */
[[nodiscard]] void *kmalloc(size_t size) __attribute__((malloc));
/* The same, but not zeroed: for what is written before it is read. */
[[nodiscard]] void *kmalloc_raw(size_t size) __attribute__((malloc));
/* P: from kmalloc or kmalloc_raw, or NULL; a panic if it was not given out. */
void kfree(void *p);
