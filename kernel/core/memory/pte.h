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
	return pte_of(page_phys(page), bits);
}

static inline void *pte_page(uint64_t pte)
{
	return page_virt(pte_phys(pte));
}

/*
 * The bits of a user page with protection PROT; a page that may be
 * written may be read [priv 4.3.1].
 */
uint64_t pte_user_bits(uint32_t prot);

/*
 * The last-level entry for ADDR; NULL when a table is missing and MAKE is false,
 * or there is no memory for one.
 */
uint64_t *pte_find(struct mm *mm, uint64_t addr, bool make);

/*
 * Some entries that follow each other in one last-level table; those
 * without PTE_V stand for no page.
 */
struct pte_run {
	uint64_t *pte;
	uint64_t count;
	uint64_t addr; /* of the first */
};

/*
 * Calls FN for the entries of [START, END), one table's at a time, skipping absent
 * tables; gives way between two.
 */
void pte_for_each_run(struct mm *mm, uint64_t start, uint64_t end,
		      void (*fn)(struct mm *mm, const struct pte_run *run, void *arg), void *arg);
