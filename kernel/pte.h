/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pte.h - page-table walking, shared by mm.c, vma.c and fault.c.
 */
#pragma once

#include "vm.h"

#define PTE_COUNT 512UL
#define PTE_LEVEL_SHIFT(level) (12 + 9 * (level))

static inline uint64_t pte_make(const void *page, uint64_t bits)
{
	return page_phys(page) >> 12 << 10 | bits;
}

static inline void *pte_page(uint64_t pte)
{
	return page_virt(pte >> 10 << 12);
}

/* The bits of a user page with protection PROT; a page that may be written may be read [priv 4.3.1]. */
uint64_t pte_user_bits(uint32_t prot);

/* The last-level entry for ADDR; NULL when a table is missing and MAKE is false, or there is no memory for one. */
uint64_t *pte_find(const struct mm *mm, uint64_t addr, bool make);

/* Calls FN for every page present in [START, END), skipping absent tables. */
void pte_for_each(struct mm *mm, uint64_t start, uint64_t end,
		  void (*fn)(struct mm *mm, uint64_t addr, uint64_t *pte, void *arg), void *arg);
