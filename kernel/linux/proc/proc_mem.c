/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_mem.c - /proc/PID/mem, through which supervisors read a target's arguments. [fs/proc/base.c]
 */
#include "file.h"
#include "proc.h"
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
