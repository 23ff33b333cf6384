/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pte.h - walking the page tables of an address space (Sv39), for mm.c, vma.c and fault.c.
 */
#pragma once

#include "vm.h"

#define PTE_COUNT 512UL
#define PTE_LEVEL_SHIFT(level) (12 + 9 * (level))

/* The entry that maps PAGE, a page in the direct map, with BITS; and the page of an entry. */
static inline uint64_t pte_make(const void *page, uint64_t bits)
{
	return pte_of(page_phys(page), bits);
}

static inline void *pte_page(uint64_t pte)
{
	return page_virt(pte_phys(pte));
}

/*
 * The PTE bits for a user page with protection PROT. A page that may be written to may be read, too
 * [priv 4.3.1].
 */
uint64_t pte_user_bits(uint32_t prot);

/*
 * The last-level entry for ADDR. NULL: a table is missing, and MAKE is false or there is no memory
 * for one.
 */
uint64_t *pte_find(struct mm *mm, uint64_t addr, bool make);

/*
 * Counts ENTRIES page-table entries that were looked at, and lets other tasks run after every 256
 * of them. *DONE: how many since the last time, 0 at first. A mapping that is changed counts as
 * MM_VMA entries.
 */
#define MM_VMA 16U
void mm_worked(uint32_t *done, uint64_t entries);

/* Removes all mappings of an address space that no task uses any more. */
void vma_remove_all(struct mm *mm);

/* PTE is 0: how many entries behind it, before END, can be skipped because they are 0, too. */
static inline uint64_t pte_skip(const uint64_t *pte, const uint64_t *end)
{
	return end - pte > 3 && (pte[1] | pte[2] | pte[3]) == 0 ? 3 : 0;
}

/*
 * COUNT consecutive entries of one last-level table. An entry without PTE_V is 0: it has no page.
 */
struct pte_run {
	uint64_t *pte;
	uint64_t count;
	uint64_t addr; /* the address that the first one maps */
};

/*
 * Calls FN for the entries of [START, END), for at most 128 of one table at a time; skips absent
 * tables. Lets other tasks run between two calls.
 */
void pte_for_each_run(struct mm *mm, uint64_t start, uint64_t end,
		      void (*fn)(struct mm *mm, const struct pte_run *run, void *arg), void *arg);
