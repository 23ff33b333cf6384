/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * phys.h - physical addresses, the direct map that shows them to the kernel, the size of a page,
 * and the end of the addresses of programs.
 */
#pragma once

#include <stdint.h>

typedef uint64_t paddr_t;

#define PAGE_SHIFT 12
#define PAGE_SIZE 4096UL
#define PAGE_MASK (PAGE_SIZE - 1)
#define PAGE_DOWN(x) ((x) & ~PAGE_MASK)
#define PAGE_UP(x) (((x) + PAGE_MASK) & ~PAGE_MASK)

#define PAGE_ORDER_MAX 10 /* of the largest block, which has 2^10 pages: 4 MiB */

/*
 * The direct map: physical address PA, of RAM or a device, is mapped at DIRECT_BASE + PA, read and
 * write, never executable (W^X).
 */
#define DIRECT_BASE 0xffffffc000000000UL

static inline void *page_virt(paddr_t pa)
{
	return (void *)(DIRECT_BASE + pa);
}

static inline paddr_t page_phys(const void *va)
{
	return (paddr_t)va - DIRECT_BASE;
}

#define USER_TOP 0x4000000000UL /* first address that is not a user's (Sv39) [TASK_SIZE] */
