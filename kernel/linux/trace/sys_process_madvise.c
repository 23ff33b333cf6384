/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_process_madvise.c - process_madvise: advice about another process's memory. Such advice is
 * about speed only, and has no effect here. Who may give it, and for which addresses, is as on
 * Linux. [mm/madvise.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/mman.h>

#include "cred.h"
#include "file.h"
#include "sys.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

/* Is ADVICE of a kind that may be given for another process? [process_madvise_behavior_valid] */
static bool may_be_said(int advice)
{
	return advice == MADV_COLD || advice == MADV_PAGEOUT || advice == MADV_WILLNEED;
}

/*
 * Checks the LEN bytes from ADDR on, as madvise does: 0; -EINVAL: ADDR is not at a page's start,
 * the range wraps around, or pages there cannot be given up; -ENOMEM: not all of it is mapped. Lets
 * other tasks run.
 */
static int process_madvise_check(struct mm *mm, uint64_t addr, uint64_t len, int advice)
{
	const uint64_t end = addr + PAGE_UP(len);
	uint32_t worked = 0;

	if (addr & PAGE_MASK || PAGE_UP(len) < len || end < addr)
		return -EINVAL;
	while (addr < end) {
		const struct vma *v = vma_find(mm, addr);

		if (v == NULL)
			return -ENOMEM;
		if (advice != MADV_WILLNEED && (v->flags & (VMA_IO | VMA_LOCKED)) != 0)
			return -EINVAL;
		addr = v->end;
		if (sched_worked(&worked, SCHED_STEP))
			return -EINTR;
	}
	return 0;
}

/*
 * Checks N pieces of MM's memory. Returns how many bytes come before the first piece that is
 * refused; if none, that piece's error.
 */
static long advise_pieces(struct mm *mm, int advice, const struct iovec *piece, uint64_t n)
{
	uint64_t done = 0;

	for (uint64_t i = 0; i < n; i++) {
		const int err = process_madvise_check(mm, piece[i].iov_base, piece[i].iov_len, advice);

		if (err != 0)
			return done != 0 ? (long)done : err;
		done += piece[i].iov_len;
	}
	return (long)done;
}

static long advise_process(uint64_t pidfd, int advice, const struct iovec *piece, uint64_t n)
{
	const struct task *t;
	struct group *g;
	struct mm *mm;
	bool nonblock;
	long result = fd_process(pidfd, &g, &nonblock);

	if (result != 0)
		return result;
	t = g != NULL ? g->leader : NULL;
	if (t == NULL)
		return -ESRCH;
	if (!may_be_said(advice))
		return -EINVAL;
	if (t->mm == NULL)
		return -ESRCH;
	if (t->mm != current->mm && !ptrace_may_access(t, true))
		return -EACCES; /* [mm_access] */
	if (!task_capable(CAP_SYS_NICE))
		return -EPERM;
	mm = mm_get(t->mm);
	result = advise_pieces(mm, advice, piece, n);
	mm_put(mm);
	return result;
}

long sys_process_madvise(uint64_t pidfd, uint64_t iov, uint64_t n, uint64_t advice, uint64_t flags)
{
	struct uio_vector v;
	struct uio u;
	long result;

	if ((uint32_t)flags != 0)
		return -EINVAL;
	result = uio_init_vector(&u, &v, iov, n);
	if (result == 0)
		result = advise_process(pidfd, (int)advice, v.all, n);
	uio_free_vector(&v);
	return result;
}
