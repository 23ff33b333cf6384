/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page_meta.h - what page.c and kmalloc.c know of each page. Only they include it, and mm.c, vma.c
 * and fault.c, which count the holders of many pages without a call for each.
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
	uint32_t refs;	/* holders; on a list of page_push(), the link */
	uint8_t order;	/* of the block */
	uint8_t carved; /* order of the block from which this one was split: buddies are merged up to that */
	uint8_t state;
	uint8_t poisoned; /* free, and all of it but the links is POISON */
};

/*
 * Where the entry of frame number 0 would be; there need not be such a page. The others follow it.
 */
extern struct page_meta *page_metas;

static inline struct page_meta *page_meta(const void *page)
{
	return &page_metas[page_phys(page) >> PAGE_SHIFT];
}
