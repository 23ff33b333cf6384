/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page_meta.h - what page.c and kmalloc.c know of each page. Besides them only mm.c, vma.c and
 * fault.c include it, to count the holders of many pages.
 */
#pragma once

#include <stdint.h>

#include "page.h"

enum {
	PAGE_STATE_FREE = 1,
	PAGE_STATE_USED,
	PAGE_STATE_SLAB,   /* it holds small objects of kmalloc() */
	PAGE_STATE_ZEROED, /* free, and zeroed: on page.c's list of such */
};

/* Valid for the first page of a block only. */
struct page_meta {
	uint32_t refs; /* holders; on a list of page_push(), the link */
	uint8_t order;
	uint8_t carved; /* order of the block that this one was split from: buddies are merged up to it */
	uint8_t state;
	uint8_t poisoned; /* free, and all of it but the links is POISON */
};

/* The entry of frame number 0, though there may be no such page; the others follow. */
extern struct page_meta *page_metas;

static inline struct page_meta *page_meta(const void *page)
{
	return &page_metas[page_phys(page) >> PAGE_SHIFT];
}
