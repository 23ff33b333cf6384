/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_remap.c - remap_file_pages(2): a part of a shared mapping shows another part of its file. As
 * on Linux since 4.0 that is a mapping of its own. [mm/mmap.c]
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "inode.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

/*
 * The first of the shared mappings of one file, all with the same rights, that fill [START, END);
 * NULL: they do not. Others may run, because there may be many.
 */
static const struct vma *find_shared(const struct mm *mm, uint64_t start, uint64_t end)
{
	const struct vma *first = vma_find(mm, start);
	uint32_t worked = 0;

	if (first == NULL || (first->flags & MAP_TYPE) == MAP_PRIVATE || first->backing == NULL)
		return NULL;
	for (const struct vma *v = first; v->end < end;) {
		const struct vma *next = vma_next(v);

		if (next == NULL || next->start != v->end || next->backing != first->backing ||
		    next->flags != first->flags || next->prot != first->prot)
			return NULL;
		v = next;
		(void)sched_worked(&worked, SCHED_STEP);
	}
	return first;
}

static int remap_locked(struct mm *mm, uint64_t start, uint64_t size, uint64_t offset)
{
	const struct vma *v = find_shared(mm, start, start + size);
	struct inode *inode;
	uint32_t prot, flags;
	int err;

	if (v == NULL)
		return -EINVAL;
	if ((offset | (offset + size)) > INT64_MAX)
		return -EOVERFLOW;
	prot = v->prot;
	flags = v->flags;
	inode = inode_get(inode_behind(v->backing)); /* with the old mapping its reference goes */
	err = vma_remove(mm, start, size);
	/* With its last mapping a segment of System V that was removed is gone. [shm_mmap] */
	if (err == 0 && inode->backing.ops->counted && inode->backing.ops->size(&inode->backing) == 0)
		err = -EIDRM;
	if (err == 0)
		err = vma_add(mm, start, size, prot, flags, &inode->backing, offset, NULL);
	inode_put(inode);
	return err;
}

long sys_remap_file_pages(uint64_t start, uint64_t size, uint64_t prot, uint64_t page)
{
	struct mm *mm = current->mm;
	int err;

	if (prot != 0)
		return -EINVAL;
	start &= ~(uint64_t)PAGE_MASK;
	size &= ~(uint64_t)PAGE_MASK;
	if (size == 0 || !user_range_ok(start, size) || page > UINT64_MAX >> PAGE_SHIFT)
		return -EINVAL;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	err = remap_locked(mm, start, size, page << PAGE_SHIFT);
	mm_unlock(mm);
	return err;
}
