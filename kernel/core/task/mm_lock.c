/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm_lock.c - the lock that lets one task at a time change the mappings of an address space:
 * mmap_lock on Linux. Called by clone, mmap and the like; task.h has the contracts.
 */
#include "task.h"

#include <abi/errno.h>

#include "kassert.h"
#include "vm.h"

int mm_lock(struct mm *mm)
{
	if (mm->changing && wait_event(&mm->changed, !mm->changing, WAIT_KILLABLE, TIME_NEVER) != 0)
		return -EINTR;
	KASSERT(!mm->changing);
	mm->changing = true;
	return 0;
}

void mm_unlock(struct mm *mm)
{
	KASSERT(mm->changing);
	mm->changing = false;
	waitq_wake(&mm->changed);
}
