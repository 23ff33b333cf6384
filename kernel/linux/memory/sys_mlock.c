/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mlock.c - mlock, mlock2, munlock, mlockall, munlockall and msync. [mm/mlock.c, mm/msync.c]
 *
 * No memory is ever swapped out: locking brings pages in, and counts for RLIMIT_MEMLOCK. Files are
 * in memory only, so msync has nothing to write back, and only checks its arguments and the range.
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "sys.h"
#include "task.h"
#include "vm.h"

/* The page-aligned range [*START, *END) around the LEN bytes at ADDR; false: the addresses wrap. */
static bool round_out(uint64_t addr, uint64_t len, uint64_t *start, uint64_t *end)
{
	*start = PAGE_DOWN(addr);
	*end = *start + PAGE_UP(len + (addr & PAGE_MASK));
	return *end >= *start;
}

/*
 * Does RLIMIT_MEMLOCK let [START, END) be locked, with what is locked outside of it? Lets other
 * tasks run. [do_mlock]
 */
static bool fits_limit(const struct mm *mm, uint64_t start, uint64_t end)
{
	uint64_t n = mm->mapped.locked + (end - start);
	uint32_t worked = 0;

	vma_for_each(v, mm, start, end) {
		if (v->flags & VMA_LOCKED)
			n -= (v->end < end ? v->end : end) - (v->start > start ? v->start : start);
		(void)sched_worked(&worked, SCHED_STEP);
	}
	return memory_lock_fits(n);
}

/*
 * Locks [START, END), or unlocks it; BRING_IN: brings its pages in. 0; -ENOMEM: too much is locked,
 * there is a hole, or no memory; or -EINTR.
 */
static int lock_range(uint64_t start, uint64_t end, bool locked, bool bring_in)
{
	struct mm *mm = current->mm;
	int err = mm_lock(mm);

	if (err != 0)
		return err;
	err = locked && !fits_limit(mm, start, end) ? -ENOMEM : vma_mark(mm, start, end, VMA_LOCKED, locked);
	if (err == 0)
		err = memory_walk(mm, start, end, bring_in);
	mm_unlock(mm);
	return err;
}

static long mlock_range(uint64_t addr, uint64_t len, bool bring_in)
{
	uint64_t start, end;
	const bool fits = round_out(addr, len, &start, &end);

	if (!memory_may_lock())
		return -EPERM;
	return fits ? lock_range(start, end, true, bring_in) : -EINVAL;
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
	if (!memory_may_lock())
		return -EPERM;
	if ((flags & MCL_CURRENT) != 0 && !memory_lock_fits(mm->mapped.all))
		return -ENOMEM;
	err = mm_lock(mm);
	if (err != 0)
		return err;
	mm->lock_future = (flags & MCL_FUTURE) != 0;
	mm->lock_on_fault = (flags & MCL_FUTURE) != 0 && (flags & MCL_ONFAULT) != 0;
	if ((flags & MCL_CURRENT) != 0)
		err = vma_mark(mm, 0, USER_TOP, VMA_LOCKED, true);
	for (const struct vma *v = vma_from(mm, 0);
	     err == 0 && v != NULL && (flags & (MCL_CURRENT | MCL_ONFAULT)) == MCL_CURRENT; v = vma_next(v))
		if (memory_walk(mm, v->start, v->end, true) == -EINTR)
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
	mm->lock_future = mm->lock_on_fault = false;
	err = vma_mark(mm, 0, USER_TOP, VMA_LOCKED, false);
	mm_unlock(mm);
	return err;
}

/* Is no memory in [START, END) locked? 0; -EBUSY: some is; or -EINTR: a fatal signal. */
static int check_unlocked(struct mm *mm, uint64_t start, uint64_t end)
{
	uint32_t worked = 0;

	for (const struct vma *v = vma_from(mm, start); v != NULL && v->start < end; v = vma_next(v)) {
		if ((v->flags & VMA_LOCKED) != 0)
			return -EBUSY;
		if (sched_worked(&worked, SCHED_STEP))
			return -EINTR;
	}
	return 0;
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
	if ((flags & MS_INVALIDATE) != 0)
		err = check_unlocked(mm, start, end);
	if (err == 0)
		err = memory_walk(mm, start, end, false);
	mm_unlock(mm);
	return err;
}
