/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mincore.c - mincore: which pages are in memory. These are the pages that were touched, and
 * all pages of files. [mm/mincore.c]
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "inode.h"
#include "pte.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

static uint8_t is_resident(struct mm *mm, const struct vma *v, uint64_t addr)
{
	const uint64_t *pte = pte_find(mm, addr, false);
	const uint64_t offset = v->offset + (addr - v->start);

	if (pte != NULL && *pte & PTE_V)
		return 1;
	if (inode_behind(v->backing) == NULL || offset >= inode_behind(v->backing)->size)
		return 0;
	return inode_behind(v->backing)->data != NULL ||
	       pagemap_find(&inode_behind(v->backing)->pages, offset >> PAGE_SHIFT) != NULL;
}

#define STINT 512U /* pages between two checks whether another task is due */

long sys_mincore(uint64_t start, uint64_t len, uint64_t vec)
{
	const uint64_t pages = len / PAGE_SIZE + (len % PAGE_SIZE != 0);
	struct mm *mm = current->mm;

	if (start & PAGE_MASK)
		return -EINVAL;
	if (!user_range_ok(start, len))
		return -ENOMEM;
	if (!user_range_ok(vec, pages))
		return -EFAULT;
	for (uint64_t i = 0; i < pages;) {
		const struct vma *v = vma_find(mm, start + i * PAGE_SIZE);
		uint8_t found[STINT];
		unsigned n = 0;

		if (v == NULL)
			return -ENOMEM;
		for (; n < STINT && i + n < pages && start + (i + n) * PAGE_SIZE < v->end; n++)
			found[n] = is_resident(mm, v, start + (i + n) * PAGE_SIZE);
		/* V is not looked at below: it may go while the copy faults. */
		if (copy_to_user(vec + i, found, n) != 0)
			return -EFAULT;
		i += n;
		if (sched_give_way())
			return -EINTR;
	}
	return 0;
}
