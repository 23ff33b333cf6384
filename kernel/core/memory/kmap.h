/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmap.h - the functions of kmap.c that only boot code, mm.c and the leak check call; vm.h has the
 * others.
 */
#pragma once

#include <stdbool.h>

#include "page.h"

/* Called first of all: the kernel was loaded at physical address PA. */
void kmap_init(paddr_t pa);

/*
 * Maps the physical addresses from START to END (page-aligned) in the direct map, read and write.
 * At boot only.
 */
void kmap_direct(paddr_t start, paddr_t end);

/*
 * ON: fills in the kernel's half of ROOT, a root page table. Else clears those entries, before the
 * table is freed.
 */
void kmap_root(uint64_t *root, bool on);

/* The physical address of P, which lies in the kernel's image or bss. */
paddr_t kmap_kernel_phys(const void *p);

/* How many pages hold page tables for kernel stacks. They are kept when the stacks are freed. */
uint32_t kmap_stack_tables(void);
