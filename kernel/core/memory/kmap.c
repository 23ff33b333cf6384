/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmap.c - the kernel's half of every address space: the direct map of all RAM and the devices at
 * DIRECT_BASE, never executable; and kernel stacks with unmapped guard pages between them. entry.S
 * has already mapped the kernel itself and the hart page. Called at boot, and by task.c for stacks.
 *
 * The direct map leaves out the kernel's own text, rodata and data, so there is no second, writable
 * mapping of them (W^X).
 */
#include "kmap.h"

#include <string.h>

#include "bits.h"
#include "hart.h"
#include "panic.h"
#include "riscv.h"
#include "vm.h"

#define LEAF_RW (PTE_V | PTE_R | PTE_W | PTE_A | PTE_D | PTE_G)
#define GIB (1UL << 30)
#define MIB2 (2UL << 20)

/* Each kernel stack is the upper half of a slot; the lower half is not mapped, and guards it. */
#define STACKS_BASE 0xffffffffc0000000UL
#define STACK_SLOT (2 * TASK_STACK_SIZE)
#define STACK_SLOTS 16384UL

extern uint64_t kernel_root[512], top_l1[512];
extern char kernel_start[], kernel_end[];

static paddr_t kernel_pa;					     /* where the kernel was loaded */
static uint64_t boot_tables[12][512] __attribute__((aligned(4096))); /* page tables of the direct map */
static unsigned boot_tables_used;
static uint32_t stack_tables; /* how many pages hold page tables for stacks */
static paddr_t direct_end;    /* the end of the direct map */

paddr_t kmap_kernel_phys(const void *p)
{
	return (paddr_t)((const char *)p - kernel_start) + kernel_pa;
}

/*
 * The table to which *PTE leads; it is made if there is none. Ends the boot if there are no tables
 * left: refuse().
 */
static uint64_t *boot_table(uint64_t *pte)
{
	if (!(*pte & PTE_V)) {
		if (boot_tables_used == sizeof(boot_tables) / sizeof(boot_tables[0]))
			refuse("kmap: the memory map needs more than %u tables", boot_tables_used);
		*pte = pte_of(kmap_kernel_phys(boot_tables[boot_tables_used++]), PTE_V);
	}
	return (uint64_t *)(kernel_start + (pte_phys(*pte) - kernel_pa));
}

static inline uint64_t leaf_pte(paddr_t pa)
{
	return pte_of(pa, LEAF_RW);
}

/* Maps [PA, END), which lies within 2 MiB, through *L1, the entry for these. */
static inline void map_pages(uint64_t *l1, paddr_t pa, paddr_t end)
{
	uint64_t *l0;

	if (end - pa == MIB2 && !(*l1 & PTE_V)) {
		*l1 = leaf_pte(pa);
		return;
	}
	if (*l1 & (PTE_R | PTE_X)) /* one large page maps them all already */
		return;
	l0 = boot_table(l1);
	for (; pa < end; pa += PAGE_SIZE)
		l0[(DIRECT_BASE + pa) >> 12 & 511] = leaf_pte(pa);
}

/* Maps [PA, END), which lies within 1 GiB, through *L2, the entry for that. */
static void map_large(uint64_t *l2, paddr_t pa, paddr_t end)
{
	uint64_t *l1;

	if (*l2 & (PTE_R | PTE_X))
		return;
	if (end - pa == GIB && !(*l2 & PTE_V)) {
		*l2 = leaf_pte(pa);
		return;
	}
	l1 = boot_table(l2);
	for (paddr_t next; pa < end; pa = next) {
		next = (pa | (MIB2 - 1)) + 1 < end ? (pa | (MIB2 - 1)) + 1 : end;
		map_pages(&l1[(DIRECT_BASE + pa) >> 21 & 511], pa, next);
	}
}

void kmap_direct(paddr_t start, paddr_t end)
{
	for (paddr_t pa = start, next; pa < end; pa = next) {
		next = (pa | (GIB - 1)) + 1 < end ? (pa | (GIB - 1)) + 1 : end;
		map_large(&kernel_root[(DIRECT_BASE + pa) >> 30 & 511], pa, next);
	}
	if (end > direct_end)
		direct_end = end;
	tlb_flush();
}

void *kmap_device(paddr_t pa, uint64_t len)
{
	kmap_direct(pa & ~(MIB2 - 1), (pa + len + MIB2 - 1) & ~(MIB2 - 1));
	return page_virt(pa);
}

void kmap_init(paddr_t pa)
{
	kernel_pa = pa;
}

void kmap_root(uint64_t *root, bool on)
{
	const uint64_t first = DIRECT_BASE >> 30 & 511;

	for (uint64_t i = first; i < first + (direct_end + GIB - 1) / GIB; i++)
		root[i] = on ? kernel_root[i] : 0;
	for (uint64_t i = 510; i <= 511; i++) /* the kernel; its stacks and the hart page */
		root[i] = on ? kernel_root[i] : 0;
}

/* ---- kernel stacks ---- */

static uint64_t stack_used[STACK_SLOTS / 64]; /* a bit for each slot */
static uint64_t stack_first;		      /* words of stack_used below this one are full */

/* The last-level entry for VA; its table is made if there is none. NULL: no memory. */
static uint64_t *stack_pte(uint64_t va)
{
	uint64_t *l1 = &top_l1[va >> 21 & 511];

	if (!(*l1 & PTE_V)) {
		void *table = page_alloc_zero();

		if (table == NULL)
			return NULL;
		stack_tables++;
		*l1 = pte_of(page_phys(table), PTE_V);
	}
	return (uint64_t *)page_virt(pte_phys(*l1)) + (va >> 12 & 511);
}

void *kstack_alloc(void)
{
	while (stack_first < STACK_SLOTS / 64 && stack_used[stack_first] == UINT64_MAX)
		stack_first++;
	if (stack_first == STACK_SLOTS / 64)
		return NULL;

	const unsigned bit = bits_lowest(~stack_used[stack_first]);
	const uint64_t va = STACKS_BASE + (stack_first * 64 + bit) * STACK_SLOT + TASK_STACK_SIZE;
	uint64_t *pte = stack_pte(va);
	char *block = pte != NULL ? page_alloc(__builtin_ctzl(TASK_STACK_SIZE / PAGE_SIZE)) : NULL;

	if (block == NULL)
		return NULL;
	stack_used[stack_first] |= 1UL << bit;
	for (uint64_t i = 0; i < TASK_STACK_SIZE / PAGE_SIZE; i++)
		pte[i] = pte_of(page_phys(block) + i * PAGE_SIZE, LEAF_RW);
	tlb_flush();
	return (void *)va;
}

void kstack_free(void *stack)
{
	const uint64_t va = (uint64_t)stack;
	const uint64_t slot = (va - STACKS_BASE) / STACK_SLOT;
	uint64_t *pte = stack_pte(va);
	void *block = page_virt(pte_phys(pte[0]));

	for (uint64_t i = 0; i < TASK_STACK_SIZE / PAGE_SIZE; i++)
		pte[i] = 0;
	tlb_flush();
	page_free(block, __builtin_ctzl(TASK_STACK_SIZE / PAGE_SIZE));
	stack_used[slot / 64] &= ~(1UL << slot % 64);
	if (slot / 64 < stack_first)
		stack_first = slot / 64;
}

uint32_t kmap_stack_tables(void)
{
	return stack_tables;
}
