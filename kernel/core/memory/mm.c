/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm.c - whole address spaces: makes them, copies them for fork, frees them; and walks and makes
 * their page tables, for vma.c and fault.c.
 */
#include <abi/errno.h>
#include <abi/mman.h>
#include <string.h>

#include "kmap.h"
#include "kassert.h"
#include "page_meta.h"
#include "pte.h"
#include "riscv.h"
#include "vm.h"

extern uint64_t kernel_root[PTE_COUNT];

uint64_t pte_user_bits(uint32_t prot)
{
	uint64_t bits = PTE_V | PTE_U | PTE_A | PTE_D;

	if (prot & (PROT_READ | PROT_WRITE))
		bits |= PTE_R;
	if (prot & PROT_WRITE)
		bits |= PTE_W;
	if (prot & PROT_EXEC)
		bits |= PTE_X;
	return bits;
}

uint64_t *pte_find(struct mm *mm, uint64_t addr, bool make)
{
	uint64_t *table = mm->root;

	KASSERT(addr < USER_TOP);

	for (int level = 2; level > 0; level--) {
		uint64_t *pte = &table[addr >> PTE_LEVEL_SHIFT(level) & (PTE_COUNT - 1)];

		if (!(*pte & PTE_V)) {
			void *next = make ? page_alloc_zero() : NULL;

			if (next == NULL)
				return NULL;
			KASSERT(*pte == 0);
			page_push(&mm->tables, next);
			*pte = pte_make(next, PTE_V);
			if (mm->link_count < MM_LINKS)
				mm->links[mm->link_count] = pte;
			mm->link_count++;
		}
		table = pte_page(*pte);
	}
	return &table[addr >> PAGE_SHIFT & (PTE_COUNT - 1)];
}

static void (*give_way)(void);

void mm_on_long_work(void (*fn)(void))
{
	give_way = fn;
}

#define STINT 256U		    /* entries that are looked at between two calls of give_way() */
#define RUN_MAX (128UL * PAGE_SIZE) /* addresses that one run covers at most */

void mm_worked(uint32_t *done, uint64_t entries)
{
	*done += (uint32_t)entries;
	if (*done < STINT || give_way == NULL)
		return;
	*done = 0;
	give_way();
}

void pte_for_each_run(struct mm *mm, uint64_t start, uint64_t end,
		      void (*fn)(struct mm *mm, const struct pte_run *run, void *arg), void *arg)
{
	uint64_t addr = start;
	uint32_t worked = 0;

	while (addr < end) {
		const uint64_t *l2 = &mm->root[addr >> PTE_LEVEL_SHIFT(2)];
		uint64_t skip = 1UL << PTE_LEVEL_SHIFT(2);

		if (*l2 & PTE_V) {
			const uint64_t *l1 = (uint64_t *)pte_page(*l2) + (addr >> PTE_LEVEL_SHIFT(1) & (PTE_COUNT - 1));

			skip = 1UL << PTE_LEVEL_SHIFT(1);
			if (*l1 & PTE_V) {
				uint64_t *l0 = pte_page(*l1);
				const uint64_t stop =
					(addr | (RUN_MAX - 1)) + 1 < end ? (addr | (RUN_MAX - 1)) + 1 : end;
				const struct pte_run run = {
					.pte = &l0[addr >> PAGE_SHIFT & (PTE_COUNT - 1)],
					.count = (stop - addr) >> PAGE_SHIFT,
					.addr = addr,
				};

				skip = RUN_MAX;
				fn(mm, &run, arg);
				mm_worked(&worked, run.count);
			}
		}
		mm_worked(&worked, 1);
		addr = (addr | (skip - 1)) + 1;
	}
}

struct mm *mm_create(void)
{
	static uint64_t last;
	struct mm *mm = kmalloc(sizeof(*mm));

	if (mm == NULL)
		return NULL;
	mm->serial = ++last;
	mm->root = page_alloc_zero();
	if (mm->root == NULL) {
		kfree(mm);
		return NULL;
	}
	kmap_root(mm->root, true);
	mm->satp = SATP_SV39 | page_phys(mm->root) >> PAGE_SHIFT;
	mutex_init(&mm->lock);
	mm->vmas.sum = vma_sum;
	mm->refs = 1;
	return mm;
}

void mm_set_exe(struct mm *mm, struct backing *b)
{
	mm->exe = b;
	b->ops->run(b, true);
}

struct mm *mm_get(struct mm *mm)
{
	KASSERT(mm->refs != 0);
	mm->refs++;
	return mm;
}

/* Frees a page table. EMPTY: all of its entries are 0. */
static void free_table(void *table, bool empty)
{
	if (empty)
		page_free_zeroed(table);
	else
		page_free(table, 0);
}

/*
 * Frees MM's page tables, which map no page any more. If few of their entries lead to other tables,
 * clears these, so that the tables are pages of zeroes, which need not be cleared when they are
 * given out again.
 */
static void free_tables(struct mm *mm)
{
	const bool empty = mm->link_count <= MM_LINKS;
	uint32_t worked = 0;
	void *table;

	for (uint32_t i = 0; empty && i < mm->link_count; i++)
		*mm->links[i] = 0;
	while ((table = page_pop(&mm->tables)) != NULL) {
		free_table(table, empty);
		mm_worked(&worked, 1);
	}
	kmap_root(mm->root, false);
	free_table(mm->root, empty);
}

void mm_put(struct mm *mm)
{
	KASSERT(mm->refs != 0);
	if (--mm->refs != 0)
		return;
	KASSERT(csr_read(satp) != mm->satp); /* page tables that the hart uses are not freed */
	KASSERT(list_empty(&mm->lock.unlocked.waiters));
	vma_remove_all(mm);
	if (mm->exe != NULL) {
		mm->exe->ops->run(mm->exe, false);
		mm->exe->ops->put(mm->exe);
	}
	KASSERT(mm->vmas.root == NULL && mm->vma_count == 0 && mm->pages == 0);
	free_tables(mm);
	kfree(mm);
}

struct copy {
	struct mm *from, *to;
	const struct vma *vma;
	uint32_t worked;
	bool failed;
};

/* Copies the entries of RUN to the new address space of mm_fork(), in which pages are shared. */
static void copy_pages(struct mm *from, const struct pte_run *run, void *arg)
{
	struct copy *c = arg;
	/*
	 * Copy-on-write: in a private mapping, parent and child lose the right to write, and
	 * fault.c makes a copy when one of them writes.
	 */
	const uint64_t keep = c->vma->flags & MAP_SHARED ? ~0UL : ~PTE_W;
	uint64_t *const old = run->pte;
	const uint64_t count = run->count;
	uint64_t *new = NULL;
	uint64_t copied = 0;

	for (uint64_t i = 0; i < count; i++) {
		if (!(old[i] & PTE_V)) {
			i += pte_skip(&old[i], old + count);
			continue;
		}
		if (new == NULL)
			new = c->failed ? NULL : pte_find(c->to, run->addr, true);
		if (new == NULL) {
			c->failed = true;
			return; /* no entry of this run was copied yet */
		}
		KASSERT(!(new[i] & PTE_V) && page_meta(pte_page(old[i]))->refs != 0);
		old[i] &= keep;
		new[i] = old[i];
		page_meta(pte_page(new[i]))->refs++;
		copied++;
	}
	c->to->pages += copied;
	(void)from;
}

/*
 * Copies the vma of node N, and the entries of its pages, to the new address space of mm_fork().
 * NULL: no memory for the vma. c->failed: no memory for a page table.
 */
static struct avl_node *copy_vma(const struct avl_node *n, void *arg)
{
	const struct vma *v = container_of(n, const struct vma, node);
	struct copy *c = arg;
	struct vma *copy = kmalloc_raw(sizeof(*copy));

	if (copy == NULL)
		return NULL;
	*copy = *v;
	copy->flags &= ~VMA_LOCKED; /* memory locks are not inherited */
	vma_hold_backing(copy);
	vma_account(c->to, copy, copy->end - copy->start, true);
	c->to->vma_count++;
	c->vma = v;
	if (!c->failed && (v->backing == NULL || v->flags & VMA_OWN))
		pte_for_each_run(c->from, v->start, v->end, copy_pages, c);
	mm_worked(&c->worked, MM_VMA);
	return &copy->node;
}

struct mm *mm_fork(struct mm *mm)
{
	struct mm *new = mm_create();
	struct copy c = { .from = mm, .to = new };

	if (new == NULL)
		return NULL;
	new->brk_start = mm->brk_start;
	new->brk = mm->brk;
	new->arg_start = mm->arg_start;
	new->arg_end = mm->arg_end;
	new->env_start = mm->env_start;
	new->env_end = mm->env_end;
	new->auxv_start = mm->auxv_start;
	new->auxv_end = mm->auxv_end;
	new->vdso = mm->vdso;
	new->sigreturn = mm->sigreturn;
	new->membarrier = mm->membarrier;
	new->undumpable = mm->undumpable;
	new->no_huge_pages = mm->no_huge_pages;
	if (mm->exe != NULL) {
		mm->exe->ops->get(mm->exe);
		mm_set_exe(new, mm->exe);
	}

	if (!avl_copy(&new->vmas, &mm->vmas, copy_vma, &c))
		c.failed = true;
	tlb_flush();
	if (c.failed) {
		mm_put(new);
		return NULL;
	}
	return new;
}

void mm_activate(const struct mm *mm)
{
	csr_write(satp, mm != NULL ? mm->satp : SATP_SV39 | kmap_kernel_phys(kernel_root) >> PAGE_SHIFT);
	tlb_flush();
}
