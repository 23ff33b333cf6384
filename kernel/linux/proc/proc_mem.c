/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_mem.c - /proc/PID/mem, through which supervisors read a target's arguments; and
 * /proc/PID/pagemap: eight bytes for each page of a process's addresses, which say whether it is in
 * memory, and what it is. [fs/proc/base.c, fs/proc/task_mmu.c]
 */
#include <abi/capability.h>

#include "file.h"
#include "inode.h"
#include "proc.h"
#include "pte.h"
#include "task.h"
#include "vm.h"

/*
 * The position is the address. The file stands for the memory that the process had when the file
 * was opened. If the process has ended or executed another program since, 0 bytes are transferred.
 */
static long access_memory(struct file *f, struct uio *u, uint64_t *pos, bool write)
{
	const struct task *t = proc_task(f->inode);
	uint64_t done;
	struct mm *mm;
	int err;

	if (t == NULL || t->mm == NULL || t->mm->serial != (uint64_t)f->data)
		return 0;
	mm = mm_get(t->mm);
	done = uio_move(mm, *pos, u, u->left, write, true, &err);
	mm_put(mm);
	*pos += done;
	return done > 0 ? (long)done : err;
}

static long mem_read(struct file *f, struct uio *to, uint64_t *pos)
{
	return access_memory(f, to, pos, false);
}

static long mem_write(struct file *f, struct uio *from, uint64_t *pos)
{
	return access_memory(f, from, pos, true);
}

int proc_open_mem(struct task *task, struct file *f)
{
	static const struct file_ops mem_ops = { .read = mem_read, .write = mem_write, .seekable = true };

	f->ops = &mem_ops;
	f->data = (void *)(task->mm != NULL ? task->mm->serial : 0);
	return 0;
}

/* ---- /proc/PID/pagemap ---- */

#define PM_PRESENT (1UL << 63)
#define PM_FILE (1UL << 61)	      /* a page of a file, or of shared memory */
#define PM_MMAP_EXCLUSIVE (1UL << 56) /* nobody else has mapped it */
#define PM_FRAME ((1UL << 55) - 1)

#define ENTRY sizeof(uint64_t)
#define AT_ONCE 64U

/* The page of V at ADDR is PAGE: is that the file's own page, and not a copy? */
static bool is_files(const struct vma *v, uint64_t addr, const void *page)
{
	const struct inode *i = v != NULL ? inode_behind(v->backing) : NULL;

	return i != NULL && pagemap_find(&i->pages, (v->offset + (addr - v->start)) >> PAGE_SHIFT) == page;
}

static uint64_t entry_of(struct mm *mm, uint64_t addr, bool frames)
{
	const uint64_t *pte = pte_find(mm, addr, false);
	uint64_t entry = PM_PRESENT;
	const void *page;
	bool file;

	if (pte == NULL || (*pte & PTE_V) == 0)
		return 0;
	page = pte_page(*pte);
	file = is_files(vma_find(mm, addr), addr, page);
	if (file)
		entry |= PM_FILE;
	if (page_refs(page) == (file ? 2 : 1))
		entry |= PM_MMAP_EXCLUSIVE;
	return frames ? entry | (page_phys(page) >> PAGE_SHIFT & PM_FRAME) : entry;
}

/* Shows the entries from *POS on: how many bytes, or -EFAULT. */
static long show_entries(struct mm *mm, struct uio *to, uint64_t *pos, bool frames)
{
	uint64_t entries[AT_ONCE], addr = *pos / ENTRY << PAGE_SHIFT, done = 0;
	uint32_t worked = 0;

	while (to->left != 0 && addr < USER_TOP) {
		uint64_t n = 0;

		for (; n < AT_ONCE && n * ENTRY < to->left && addr < USER_TOP; n++, addr += PAGE_SIZE)
			entries[n] = entry_of(mm, addr, frames);
		if (uio_put(to, entries, n * ENTRY) != n * ENTRY)
			return -EFAULT;
		done += n * ENTRY;
		if (sched_worked(&worked, AT_ONCE * SCHED_STEP))
			break;
	}
	*pos += done;
	return (long)done;
}

/*
 * The file stands for the memory that the process had when it was opened. The numbers of the pages
 * in memory are shown to those who had CAP_SYS_ADMIN then.
 */
static long pagemap_read(struct file *f, struct uio *to, uint64_t *pos)
{
	const struct task *t = proc_task(f->inode);
	const uint64_t serial = (uint64_t)f->data >> 1;
	struct mm *mm;
	long result;

	if (t == NULL || t->mm == NULL || t->mm->serial != serial)
		return 0;
	if (*pos % ENTRY != 0 || to->left % ENTRY != 0)
		return -EINVAL;
	if (*pos / ENTRY > USER_TOP >> PAGE_SHIFT)
		return 0;
	mm = mm_get(t->mm);
	result = show_entries(mm, to, pos, ((uint64_t)f->data & 1) != 0);
	mm_put(mm);
	return result;
}

int proc_open_pagemap(struct task *task, struct file *f)
{
	static const struct file_ops pagemap_ops = { .read = pagemap_read, .seekable = true };
	const uint64_t serial = task->mm != NULL ? task->mm->serial : 0;

	f->ops = &pagemap_ops;
	f->data = (void *)(serial << 1 | task_capable(CAP_SYS_ADMIN));
	return 0;
}
