/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmap.h - the parts of kmap.c that only boot code and the leak check use; the rest is in vm.h.
 */
#pragma once

#include "page.h"

/* First of all: the kernel was loaded at physical address PA. */
void kmap_init(paddr_t pa);

/*
 * Maps physical addresses from START to END (page-aligned) in the direct
 * map, read+write. Boot only.
 */
void kmap_direct(paddr_t start, paddr_t end);

/* The physical address of a thing in the kernel's image or bss. */
paddr_t kmap_kernel_phys(const void *p);

/* Pages that hold tables for kernel stacks; they stay when the stacks go. */
uint32_t kmap_stack_tables(void);
