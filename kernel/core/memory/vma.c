/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vma.c - the list of an address space's mappings. Called by mmap and its like, exec and fault.c.
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "page_meta.h"
#include "kassert.h"
#include "pte.h"
#include "riscv.h"
#include "vm.h"

#define GAP_TOP (USER_STACK_TOP - (256UL << 20)) /* mmap begins to look below the room for the stack */
#define GAP_BOTTOM 0x10000UL

uint32_t vma_max = 65530;

struct vma *vma_find(struct mm *mm, uint64_t addr)
{
	for (struct vma *v = mm->vmas; v != NULL && v->start <= addr; v = v->next)
		if (addr < v->end)
			return v;
	return NULL;
}

/* Does B continue A, so that one vma can stand for both? */
static bool vmas_mergeable(const struct vma *a, const struct vma *b)
{
	return a->end == b->start && a->prot == b->prot && a->flags == b->flags && a->name == b->name &&
	       a->backing == NULL && b->backing == NULL;
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
	struct vma *prev = NULL;
	struct vma **at = &mm->vmas;

	KASSERT(len != 0 && (start | len) % PAGE_SIZE == 0);
	KASSERT(start + len > start && start + len <= USER_TOP);
	while (*at != NULL && (*at)->start < start) {
		prev = *at;
		at = &prev->next;
	}
	KASSERT(prev == NULL || prev->end <= start);
	KASSERT(*at == NULL || new.end <= (*at)->start);
	if (prev != NULL && vmas_mergeable(prev, &new)) {
		prev->end = new.end;
		return 0;
	}

	struct vma *v = kmalloc(sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	*v = new;
	v->next = *at;
	*at = v;
	mm->vma_count++;
	if (backing != NULL)
		backing->ops->get(backing);
	return 0;
}

/* Splits V at ADDR, if that lies inside. */
static int split_vma(struct mm *mm, struct vma *v, uint64_t addr)
{
	if (addr <= v->start || addr >= v->end)
		return 0;
	if (mm->vma_count >= vma_max)
		return -ENOMEM;

	struct vma *upper = kmalloc(sizeof(*upper));

	if (upper == NULL)
		return -ENOMEM;
	KASSERT(addr % PAGE_SIZE == 0);
	*upper = *v;
	upper->start = addr;
	if (upper->backing != NULL) {
		upper->offset += addr - v->start;
		upper->backing->ops->get(upper->backing);
	}
	v->end = addr;
	KASSERT(v->start < v->end && upper->start < upper->end);
	v->next = upper;
	mm->vma_count++;
	return 0;
}

/* Splits the mappings that cross START or END. */
static int split_range(struct mm *mm, uint64_t start, uint64_t end)
{
	for (struct vma *v = mm->vmas; v != NULL && v->start < end; v = v->next) {
		int err;

		KASSERT(v->next == NULL || v->end <= v->next->start);
		err = split_vma(mm, v, start);

		if (err == 0 && v->start >= start)
			err = split_vma(mm, v, end);
		if (err != 0)
			return err;
	}
	return 0;
}

static void drop_pages(struct mm *mm, const struct pte_run *run, void *arg)
{
	const uint64_t *end = run->pte + run->count;
	uint64_t dropped = 0;

	for (uint64_t *pte = run->pte; pte < end; pte++) {
		if (!(*pte & PTE_V))
			continue;
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
	struct vma **at = &mm->vmas;
	const int err = split_range(mm, start, end);

	if (err != 0)
		return err;
	while (*at != NULL) {
		struct vma *v = *at;

		if (v->start >= end)
			break;
		if (v->end <= start) {
			at = &v->next;
			continue;
		}
		KASSERT(v->start >= start && v->end <= end); /* split_range() saw to it */
		KASSERT(mm->vma_count != 0);
		/* Taken off the list first: nothing new is mapped here while other tasks run. */
		*at = v->next;
		pte_for_each_run(mm, v->start, v->end, drop_pages, NULL);
		if (v->backing != NULL)
			v->backing->ops->put(v->backing);
		kfree(v);
		mm->vma_count--;
	}
	tlb_flush();
	return 0;
}

static void protect_pages(struct mm *mm, const struct pte_run *run, void *arg)
{
	const struct vma *v = arg;
	uint64_t bits = pte_user_bits(v->prot);

	/* The right to write is given by fault.c, which knows whether the page is shared. */
	if (v->prot == PROT_NONE)
		bits &= ~PTE_U; /* the page is kept, but the program cannot reach it */
	for (uint64_t *pte = run->pte; pte < run->pte + run->count; pte++)
		if (*pte & PTE_V)
			*pte = pte_make(pte_page(*pte), bits & ~PTE_W);
	(void)mm;
}

int vma_protect(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot)
{
	const uint64_t end = start + len;
	uint64_t next = start;
	struct vma *v;
	int err;

	/* Mappings before the first hole are changed even if there is a hole, as on Linux. */
	for (v = mm->vmas; v != NULL && v->start < end; v = v->next)
		if (v->end > next && v->start <= next)
			next = v->end;
	err = split_range(mm, start, end);
	if (err != 0)
		return err;
	for (v = mm->vmas; v != NULL && v->start < next; v = v->next) {
		if (v->start < start || v->end > end)
			continue;
		if ((prot & PROT_WRITE && v->flags & VMA_NO_WRITE) || (prot & ~PROT_READ && v->flags & VMA_IO)) {
			tlb_flush();
			return -EACCES;
		}
		KASSERT(v->start >= start && v->end <= end);
		v->prot = prot;
		pte_for_each_run(mm, v->start, v->end, protect_pages, v);
	}
	tlb_flush();
	if (prot & PROT_EXEC)
		fence_i();
	return next < end ? -ENOMEM : 0;
}

int vma_lock(struct mm *mm, uint64_t start, uint64_t end, bool on)
{
	const int err = split_range(mm, start, end);

	for (struct vma *v = mm->vmas; err == 0 && v != NULL && v->start < end; v = v->next)
		if (v->end > start && (v->flags & VMA_SPECIAL) == 0)
			v->flags = on ? v->flags | VMA_LOCKED : v->flags & ~VMA_LOCKED;
	return err;
}

uint64_t vma_locked_bytes(const struct mm *mm)
{
	uint64_t n = 0;

	for (const struct vma *v = mm->vmas; v != NULL; v = v->next)
		n += v->flags & VMA_LOCKED ? v->end - v->start : 0;
	return n;
}

uint64_t vma_bytes(const struct mm *mm)
{
	uint64_t n = 0;

	for (const struct vma *v = mm->vmas; v != NULL; v = v->next)
		n += v->end - v->start;
	return n;
}

uint64_t vma_gap(const struct mm *mm, uint64_t len)
{
	uint64_t best = 0, from = GAP_BOTTOM;

	/*
	 * Finds the highest gap that is large enough. The list is short, so all of it is looked at.
	 */
	for (const struct vma *v = mm->vmas;; v = v->next) {
		const uint64_t to = v != NULL && v->start < GAP_TOP ? v->start : GAP_TOP;

		KASSERT(v == NULL || v->start < v->end);
		if (to > from && to - from >= len)
			best = to - len;
		if (v == NULL || v->start >= GAP_TOP)
			return best;
		from = v->end;
	}
}
