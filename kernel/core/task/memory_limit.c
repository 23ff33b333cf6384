/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory_limit.c - how much memory a process may map, and lock; vm.h has the contracts. Nothing is
 * ever paged out, so locking memory only brings its pages in, and counts it. Called by mmap, brk,
 * mremap, mlock and the like.
 */
#include "limits.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/mman.h>

#include "task.h"
#include "vm.h"

bool vm_may_grow(const struct mm *mm, uint64_t len, bool data)
{
	const uint64_t limit = current->group->limits[RLIMIT_AS].rlim_cur;
	const uint64_t data_limit = data ? current->group->limits[RLIMIT_DATA].rlim_cur : RLIM_INFINITY;

	return mm->mapped.all + len <= limit && mm->mapped.written + len <= data_limit;
}

bool memory_may_lock(void)
{
	return current->group->limits[RLIMIT_MEMLOCK].rlim_cur != 0 || task_capable(CAP_IPC_LOCK);
}

bool memory_lock_fits(uint64_t locked)
{
	return locked <= current->group->limits[RLIMIT_MEMLOCK].rlim_cur || task_capable(CAP_IPC_LOCK);
}

bool memory_may_lock_more(const struct mm *mm, uint32_t flags, uint64_t len)
{
	return (flags & VMA_LOCKED) == 0 || memory_lock_fits(mm->mapped.locked + len);
}

int memory_walk(struct mm *mm, uint64_t start, uint64_t end, bool bring_in)
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

bool limits_stack(const struct mm *mm, const struct vma *v, uint64_t start)
{
	return current != NULL && current->group != NULL &&
	       v->end - start <= current->group->limits[RLIMIT_STACK].rlim_cur &&
	       memory_may_lock_more(mm, v->flags, v->start - start);
}
