/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vma.c - changes the mappings of an address space, which are in a tree by address. Called by exec,
 * fault.c, and mmap and the calls like it.
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "page_meta.h"
#include "kassert.h"
#include "pte.h"
#include "riscv.h"
#include "vm.h"

uint32_t vma_max = 65530;

/* Adds V, which overlaps no other mapping, to MM's tree. */
static void vma_attach(struct mm *mm, struct vma *v)
{
	struct avl_node **at = &mm->vmas.root, *parent = NULL;

	while (*at != NULL) {
		parent = *at;
		KASSERT(v->end <= vma_of(parent)->start || v->start >= vma_of(parent)->end);
		at = &parent->child[v->start > vma_of(parent)->start];
	}
	avl_insert(&mm->vmas, &v->node, parent, at);
	mm->vma_count++;
}

static void vma_detach(struct mm *mm, struct vma *v)
{
	KASSERT(mm->vma_count != 0);
	avl_remove(&mm->vmas, &v->node);
	mm->vma_count--;
}

/* Is V counted in backing.writable? */
static bool writes_backing(const struct vma *v)
{
	return (v->flags & MAP_SHARED) != 0 && (v->flags & VMA_NO_WRITE) == 0;
}

void vma_hold_backing(const struct vma *v)
{
	if (v->backing == NULL)
		return;
	v->backing->ops->get(v->backing);
	v->backing->writable += writes_backing(v);
}

static void vma_free(struct vma *v)
{
	if (v->backing != NULL) {
		v->backing->writable -= writes_backing(v);
		v->backing->ops->put(v->backing);
	}
	kfree(v);
}

void vma_account(struct mm *mm, const struct vma *v, uint64_t len, bool more)
{
	const uint64_t by = more ? len : -len;

	mm->mapped.all += by;
	if (mm->mapped.all > mm->mapped.peak)
		mm->mapped.peak = mm->mapped.all;
	if (v->prot & PROT_EXEC)
		mm->mapped.code += by;
	if ((v->prot & PROT_WRITE) != 0 && (v->flags & MAP_SHARED) == 0)
		*(v->flags & MAP_GROWSDOWN ? &mm->mapped.stacks : &mm->mapped.written) += by;
	if (v->flags & VMA_LOCKED)
		mm->mapped.locked += by;
}

/* Can A and B, which lies behind it, be one vma? [vma_merge] */
static bool vmas_mergeable(const struct vma *a, const struct vma *b)
{
	return a->end == b->start && a->prot == b->prot && ((a->flags ^ b->flags) & ~VMA_OWN) == 0 &&
	       a->name == b->name && a->backing == b->backing && (a->backing == NULL || !a->backing->ops->counted) &&
	       a->file_end == b->file_end && (a->flags & VMA_SPECIAL) == 0 &&
	       (a->backing == NULL || a->offset + (a->end - a->start) == b->offset);
}

/* Merges neighbours that touch [START, END], where they can be one vma. */
static void vma_join(struct mm *mm, uint64_t start, uint64_t end)
{
	struct vma *v = vma_from(mm, start != 0 ? start - 1 : 0), *next;
	uint32_t worked = 0;

	while (v != NULL && v->end <= end) {
		next = vma_next(v);
		if (next == NULL || !vmas_mergeable(v, next)) {
			v = next;
			mm_worked(&worked, 1);
			continue;
		}
		vma_detach(mm, next);
		v->end = next->end;
		v->flags |= next->flags;
		avl_changed(&mm->vmas, &v->node);
		vma_free(next);
		mm_worked(&worked, MM_VMA);
	}
}

int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags, struct backing *backing,
	    uint64_t offset, const char *name)
{
	const struct vma new = { .start = start,
				 .end = start + len,
				 .prot = prot,
				 .flags = flags,
				 .backing = backing,
				 .offset = offset,
				 .name = name };
	struct vma *v = backing == NULL && start != 0 ? vma_from(mm, start - 1) : NULL;

	KASSERT(len != 0 && (start | len) % PAGE_SIZE == 0);
	KASSERT(start + len > start && start + len <= USER_TOP);
	if (v != NULL && vmas_mergeable(v, &new)) {
		v->end = new.end;
		avl_changed(&mm->vmas, &v->node);
	} else {
		v = kmalloc_raw(sizeof(*v));
		if (v == NULL)
			return -ENOMEM;
		*v = new;
		vma_attach(mm, v);
		vma_hold_backing(v);
	}
	vma_account(mm, &new, len, true);
	if (backing == NULL) /* a mapping of a file is not merged: the caller may still set file_end */
		vma_join(mm, start, new.end);
	return 0;
}

/*
 * Splits the mapping that contains ADDR, if there is one and it does not begin there: 0 or -ENOMEM.
 */
static int split_at(struct mm *mm, uint64_t addr)
{
	struct vma *v = vma_find(mm, addr), *upper;

	if (v == NULL || v->start == addr)
		return 0;
	if (mm->vma_count >= vma_max)
		return -ENOMEM;
	upper = kmalloc_raw(sizeof(*upper));
	if (upper == NULL)
		return -ENOMEM;
	KASSERT(addr % PAGE_SIZE == 0);
	*upper = *v;
	upper->node.height = 0;
	upper->start = addr;
	if (upper->backing != NULL)
		upper->offset += addr - v->start;
	vma_hold_backing(upper);
	v->end = addr; /* vma_attach() updates V's sums, because the new node is put into V's subtree */
	vma_attach(mm, upper);
	return 0;
}

static int split_range(struct mm *mm, uint64_t start, uint64_t end)
{
	const int err = split_at(mm, start);

	return err != 0 ? err : split_at(mm, end);
}

static void drop_pages(struct mm *mm, const struct pte_run *run, void *arg)
{
	const uint64_t *end = run->pte + run->count;
	uint64_t dropped = 0;

	for (uint64_t *pte = run->pte; pte < end; pte++) {
		if (!(*pte & PTE_V)) {
			pte += pte_skip(pte, end);
			continue;
		}
		void *page = pte_page(*pte);

		KASSERT(page_meta(page)->state == PAGE_STATE_USED && page_meta(page)->refs != 0);
		if (--page_meta(page)->refs == 0)
			page_free(page, 0);
		*pte = 0;
		dropped++;
	}
	mm->peak_pages = mm_peak(mm);
	KASSERT(mm->pages >= dropped);
	mm->pages -= dropped;
	(void)arg;
}

void vma_drop_pages(struct mm *mm, uint64_t start, uint64_t end)
{
	pte_for_each_run(mm, start, end, drop_pages, NULL);
	tlb_flush();
}

int vma_remove(struct mm *mm, uint64_t start, uint64_t len)
{
	const uint64_t end = start + len;
	const int err = split_range(mm, start, end);
	uint32_t worked = 0;
	struct vma *v;

	if (err != 0)
		return err;
	while ((v = vma_from(mm, start)) != NULL && v->start < end) {
		KASSERT(v->start >= start && v->end <= end); /* split_range() saw to it */
		/*
		 * First it is taken off the tree, so that no page is brought in there while others
		 * run.
		 */
		vma_detach(mm, v);
		vma_account(mm, v, v->end - v->start, false);
		pte_for_each_run(mm, v->start, v->end, drop_pages, NULL);
		vma_free(v);
		mm_worked(&worked, MM_VMA);
	}
	tlb_flush();
	return 0;
}

void vma_remove_all(struct mm *mm)
{
	uint32_t worked = 0;
	struct vma *v;

	while ((v = vma_of(avl_pop(&mm->vmas))) != NULL) {
		mm->vma_count--;
		pte_for_each_run(mm, v->start, v->end, drop_pages, NULL);
		vma_free(v);
		mm_worked(&worked, MM_VMA);
	}
}

static void protect_pages(struct mm *mm, const struct pte_run *run, void *arg)
{
	const struct vma *v = arg;
	/*
	 * PTE_W is left to fault.c, which knows whether the page is shared. A page of PROT_NONE
	 * stays in memory; its entry has none of R, W and X, so every access faults. [priv 4.3.2]
	 */
	const uint64_t bits = pte_user_bits(v->prot) & ~PTE_W;

	for (uint64_t *pte = run->pte; pte < run->pte + run->count; pte++)
		if (*pte & PTE_V)
			*pte = pte_make(pte_page(*pte), bits);
	(void)mm;
}

int vma_protect(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot)
{
	const uint64_t end = start + len;
	uint64_t next = start;
	uint32_t worked = 0;
	int err;

	/*
	 * If the range has a hole, the mappings before it are changed before ENOMEM is returned, as
	 * on Linux.
	 */
	vma_for_each(v, mm, start, end) {
		if (v->start > next)
			break;
		next = v->end;
		mm_worked(&worked, 1);
	}
	err = split_range(mm, start, end);
	if (err != 0)
		return err;
	vma_for_each(v, mm, start, next < end ? next : end) {
		if ((prot & PROT_WRITE && v->flags & VMA_NO_WRITE) || (prot & ~PROT_READ && v->flags & VMA_IO)) {
			tlb_flush();
			return -EACCES;
		}
		KASSERT(v->start >= start && v->end <= end);
		vma_account(mm, v, v->end - v->start, false);
		v->prot = prot;
		vma_account(mm, v, v->end - v->start, true);
		pte_for_each_run(mm, v->start, v->end, protect_pages, v);
		mm_worked(&worked, MM_VMA);
	}
	vma_join(mm, start, end);
	tlb_flush();
	if (prot & PROT_EXEC)
		fence_i();
	return next < end ? -ENOMEM : 0;
}

int vma_mark(struct mm *mm, uint64_t start, uint64_t end, uint32_t flag, bool on)
{
	const int err = split_range(mm, start, end);
	uint32_t worked = 0;

	if (err != 0)
		return err;
	vma_for_each(v, mm, start, end) {
		vma_account(mm, v, v->end - v->start, false);
		if ((v->flags & VMA_SPECIAL) == 0)
			v->flags = on ? v->flags | flag : v->flags & ~flag;
		vma_account(mm, v, v->end - v->start, true);
		mm_worked(&worked, 1);
	}
	vma_join(mm, start, end);
	return 0;
}
