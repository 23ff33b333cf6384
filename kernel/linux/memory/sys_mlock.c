/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mlock.c - mlock and kin, msync. Nothing is ever paged out or written back, so locking brings
 * pages in, and that is all. [mm/mlock.c, mm/msync.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/mman.h>

#include "sys.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

/* Page-aligned [*START, *END) around the LEN bytes at ADDR: false: the addresses wrap. */
static bool round_out(uint64_t addr, uint64_t len, uint64_t *start, uint64_t *end)
{
	*start = PAGE_DOWN(addr);
	*end = *start + PAGE_UP(len + (addr & PAGE_MASK));
	return *end >= *start;
}

/*
 * Are there no holes? BRING_IN: the pages that may be touched are there afterwards. 0, -ENOMEM, or
 * -EINTR (a fatal signal). Called, as vma_lock(), between mm_lock() and mm_unlock().
 */
static int walk_vmas(struct mm *mm, uint64_t start, uint64_t end, bool bring_in)
{
	uint32_t worked = 0;

	while (start < end) {
		const struct vma *v = vma_find(mm, start);
		const uint64_t stop = v == NULL ? 0 : v->end < end ? v->end : end;

		if (v == NULL)
			return -ENOMEM;
		for (; start < stop && bring_in && v->prot != PROT_NONE; start += PAGE_SIZE) {
			if (sched_worked(&worked, PAGE_SIZE))
				return -EINTR;
			if (vm_fault(mm, start,
				     v->prot & PROT_WRITE  ? VM_WRITE
				     : v->prot & PROT_READ ? VM_READ
							   : VM_EXEC) != 0)
				return -ENOMEM;
		}
		if (sched_worked(&worked, SCHED_STEP))
			return -EINTR;
		start = stop;
	}
	return 0;
}

/* Marks [START, END) as locked or not, and walks over it. */
static int lock_range(uint64_t start, uint64_t end, bool locked, bool bring_in)
{
	struct mm *mm = current->mm;
	int err = mm_lock(mm);

	if (err != 0)
		return err;
	err = vma_lock(mm, start, end, locked);
	if (err == 0)
		err = walk_vmas(mm, start, end, bring_in);
	mm_unlock(mm);
	return err;
}

static bool may_lock(void)
{
	return current->group->limits[RLIMIT_MEMLOCK].rlim_cur != 0 || task_capable(CAP_IPC_LOCK);
}

/* Locked bytes beside those of [START, END). */
static uint64_t locked_outside(uint64_t start, uint64_t end)
{
	uint64_t n = vma_locked_bytes(current->mm);

	for (const struct vma *v = current->mm->vmas; v != NULL && v->start < end; v = v->next)
		if (v->end > start && v->flags & VMA_LOCKED)
			n -= (v->end < end ? v->end : end) - (v->start > start ? v->start : start);
	return n;
}

static long mlock_range(uint64_t addr, uint64_t len, bool bring_in)
{
	uint64_t start, end;
	const bool fits = round_out(addr, len, &start, &end);

	if (!may_lock())
		return -EPERM;
	if (!fits)
		return -EINVAL;
	if (locked_outside(start, end) + (end - start) > current->group->limits[RLIMIT_MEMLOCK].rlim_cur &&
	    !task_capable(CAP_IPC_LOCK))
		return -ENOMEM;
	return lock_range(start, end, true, bring_in);
}

long sys_mlock(uint64_t addr, uint64_t len)
{
	return mlock_range(addr, len, true);
}

long sys_mlock2(uint64_t addr, uint64_t len, uint64_t flags)
{
	return (uint32_t)flags & ~(uint32_t)MLOCK_ONFAULT ? -EINVAL
							  : mlock_range(addr, len, (flags & MLOCK_ONFAULT) == 0);
}

long sys_munlock(uint64_t addr, uint64_t len)
{
	uint64_t start, end;

	return round_out(addr, len, &start, &end) ? lock_range(start, end, false, false) : -EINVAL;
}

long sys_mlockall(uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct mm *mm = current->mm;
	int err;

	if (flags == 0 || flags & ~(uint32_t)(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) || flags == MCL_ONFAULT)
		return -EINVAL;
	if (!may_lock())
		return -EPERM;
	if ((flags & MCL_CURRENT) == 0)
		return 0;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	err = vma_lock(mm, 0, USER_TOP, true);
	for (const struct vma *v = mm->vmas; err == 0 && v != NULL && (flags & MCL_ONFAULT) == 0; v = v->next)
		if (walk_vmas(mm, v->start, v->end, true) == -EINTR)
			err = -EINTR;
	mm_unlock(mm);
	return err;
}

long sys_munlockall(void)
{
	struct mm *mm = current->mm;
	int err = mm_lock(mm);

	if (err != 0)
		return err;
	err = vma_lock(mm, 0, USER_TOP, false);
	mm_unlock(mm);
	return err;
}

long sys_msync(uint64_t start, uint64_t len, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	const uint64_t end = start + PAGE_UP(len);
	struct mm *mm = current->mm;
	int err;

	if (flags & ~(uint32_t)(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || start & PAGE_MASK ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	if (end < start)
		return -ENOMEM;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	err = walk_vmas(mm, start, end, false);
	mm_unlock(mm);
	return err;
}
