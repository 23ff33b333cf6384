/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_madvise.c - madvise. [mm/madvise.c]
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "absent.h"
#include "sys.h"
#include "task.h"
#include "vm.h"

/* Does madvise know ADVICE? If Linux alone does, that is told on the console. */
static bool is_advice(int advice)
{
	switch (advice) {
	case MADV_DONTNEED:
	case MADV_NORMAL:
	case MADV_RANDOM:
	case MADV_SEQUENTIAL:
	case MADV_WILLNEED:
	case MADV_FREE:
	case MADV_HUGEPAGE:
	case MADV_NOHUGEPAGE:
	case MADV_DONTDUMP:
	case MADV_DODUMP:
	case MADV_COLD:
	case MADV_PAGEOUT:
		return true;
	default:
		absent_say_known("madvise", "advice", (uint32_t)advice, "EINVAL");
		return false;
	}
}

/*
 * Is ADVICE an error for V? Pages that are locked, or the kernel's own, are not given up, and only
 * those of anonymous private memory may be taken back at will. [can_madv_lru_vma,
 * madvise_free_single_vma]
 */
static bool advice_refused(const struct vma *v, int advice)
{
	if (advice == MADV_FREE && (v->backing != NULL || (v->flags & MAP_SHARED) != 0))
		return true;
	return (advice == MADV_DONTNEED || advice == MADV_FREE || advice == MADV_COLD || advice == MADV_PAGEOUT) &&
	       (v->flags & (VMA_IO | VMA_LOCKED)) != 0;
}

/*
 * MADV_DONTNEED frees pages. MADV_DONTDUMP keeps them out of core files, and MADV_DODUMP does not.
 * Other advice has no effect that a program could see.
 */
long sys_madvise(uint64_t addr, uint64_t len, uint64_t advice)
{
	struct mm *mm = current->mm;
	uint64_t mapped, end;
	uint32_t worked = 0;
	int err;

	if (!is_advice((int)advice) || addr & PAGE_MASK || PAGE_UP(len) < len)
		return -EINVAL;
	len = PAGE_UP(len);
	if (addr + len < addr)
		return -EINVAL;
	if (len == 0)
		return 0;
	if (addr + len > USER_TOP)
		return -ENOMEM;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	end = addr + len;
	vma_for_each(v, mm, addr, end) {
		(void)sched_worked(&worked, SCHED_STEP);
		if (advice_refused(v, (int)advice))
			end = v->start > addr ? v->start : addr;
	}
	if ((int)advice == MADV_DONTNEED)
		vma_drop_pages(mm, addr, end);
	else if ((int)advice == MADV_DONTDUMP || (int)advice == MADV_DODUMP)
		err = vma_mark(mm, addr, addr + len, VMA_NO_DUMP, (int)advice == MADV_DONTDUMP);
	/* If nothing is mapped somewhere in the range, that is ENOMEM, but the rest was done. */
	mapped = addr;
	vma_for_each(v, mm, addr, end) {
		(void)sched_worked(&worked, SCHED_STEP);
		if (v->start > mapped)
			break;
		mapped = v->end;
	}
	mm_unlock(mm);
	if (err != 0)
		return err;
	if (end != addr + len)
		return -EINVAL; /* nothing is done from the first mapping on that refuses it */
	return mapped < addr + len ? -ENOMEM : 0;
}
