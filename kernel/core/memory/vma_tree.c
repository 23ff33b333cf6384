/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vma_tree.c - finds mappings, and gaps between them, in the tree that vma.c changes. Called by
 * vma.c, fault.c and mmap. A look-up takes O(log n) steps.
 */
#include "kassert.h"
#include "vm.h"

#define GAP_TOP (USER_STACK_TOP - (256UL << 20)) /* the addresses above are left for the stack to grow */
#define GAP_BOTTOM 0x10000UL

void vma_sum(struct avl_node *n)
{
	struct vma *v = vma_of(n);
	const struct vma *below = vma_of(n->child[0]), *above = vma_of(n->child[1]);
	uint64_t gap = 0;

	v->low = v->start;
	v->high = v->end;
	if (below != NULL) {
		v->low = below->low;
		gap = v->start - below->high;
		gap = gap > below->gap ? gap : below->gap;
	}
	if (above != NULL) {
		v->high = above->high;
		gap = gap > above->gap ? gap : above->gap;
		gap = gap > above->low - v->end ? gap : above->low - v->end;
	}
	v->gap = gap;
}

struct vma *vma_from(const struct mm *mm, uint64_t addr)
{
	struct vma *best = NULL;

	for (struct avl_node *n = mm->vmas.root; n != NULL;) {
		struct vma *v = vma_of(n);

		if (addr < v->end)
			best = v;
		if (addr < v->end && addr >= v->start)
			break;
		n = n->child[addr >= v->end];
	}
	return best;
}

struct vma *vma_find(const struct mm *mm, uint64_t addr)
{
	struct vma *v = vma_from(mm, addr);

	return v != NULL && v->start <= addr ? v : NULL;
}

struct vma *vma_next(const struct vma *v)
{
	return vma_of(avl_step(&v->node, true));
}

/*
 * The start of the highest LEN free bytes between FROM and TO and below GAP_TOP; 0: there are none.
 * The mappings between FROM and TO are those in N's subtree. The recursion is as deep as the tree.
 */
static uint64_t highest_gap(struct avl_node *n, uint64_t len, uint64_t from, uint64_t to)
{
	while (n != NULL) {
		const struct vma *v = vma_of(n);
		uint64_t found = 0;

		if (v->gap < len && v->low - from < len && to - v->high < len)
			return 0;
		if (v->end < GAP_TOP)
			found = highest_gap(n->child[1], len, v->end, to);
		if (found != 0)
			return found;
		to = v->start;
		n = n->child[0];
	}
	to = to < GAP_TOP ? to : GAP_TOP;
	return to > from && to - from >= len ? to - len : 0;
}

uint64_t vma_gap(const struct mm *mm, uint64_t len)
{
	return highest_gap(mm->vmas.root, len, GAP_BOTTOM, USER_TOP);
}
