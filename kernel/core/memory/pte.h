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
 * So many entries were looked at: gives way now and then. *DONE: what was done since, 0 at first. A
 * mapping that is changed counts as MM_VMA.
 */
#define MM_VMA 16U
void mm_worked(uint32_t *done, uint64_t entries);

/* Removes all mappings of an address space that no task uses any more. */
void vma_remove_all(struct mm *mm);

/* PTE is empty: how many entries before END that are empty, too, may be skipped with it. */
static inline uint64_t pte_skip(const uint64_t *pte, const uint64_t *end)
{
	return end - pte > 3 && (pte[1] | pte[2] | pte[3]) == 0 ? 3 : 0;
}

/* Consecutive entries of one last-level table. One without PTE_V has no page, and is 0. */
struct pte_run {
	uint64_t *pte;
	uint64_t count;
	uint64_t addr; /* the address that the first one maps */
};

/*
 * Calls FN for the entries of [START, END), one table's at a time; skips absent tables. Lets other
 * tasks run between two tables.
 */
void pte_for_each_run(struct mm *mm, uint64_t start, uint64_t end,
		      void (*fn)(struct mm *mm, const struct pte_run *run, void *arg), void *arg);
