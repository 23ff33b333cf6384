/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * remote.c - another process's memory: process_vm_readv, process_vm_writev, and /proc/PID/mem, which supervisors read a
 * target's arguments with. [mm/process_vm_access.c, fs/proc/base.c]
 */
#include "file.h"
#include "page.h"
#include "pidns.h"
#include "proc.h"
#include "ptrace.h"
#include "sys.h"
#include "task.h"
#include "vm.h"

/*
 * Moves N bytes, or as many as U is long, between U and address ADDR of MM; FORCE: whatever the mapping allows. How many: fewer
 * with the reason in *ERR.
 */
static uint64_t move(struct mm *mm, uint64_t addr, struct uio *u, uint64_t n, bool write, bool force, int *err)
{
	uint8_t *page = page_alloc(0);
	uint64_t done = 0;

	*err = page == NULL ? -ENOMEM : 0;
	if (n > u->left)
		n = u->left;
	while (done < n && *err == 0) {
		uint64_t part = PAGE_SIZE - ((addr + done) & PAGE_MASK), got = 0;

		if (part > n - done)
			part = n - done;
		if (write && uio_get(u, page, part) != part)
			*err = -EFAULT;
		else if (!force && vm_fault(mm, addr + done, write ? VM_WRITE : VM_READ) != 0)
			*err = -EFAULT;
		else if (vm_access_remote(mm, addr + done, page, part, write) != 0)
			*err = force ? -EIO : -EFAULT;
		else
			got = write ? part : uio_put(u, page, part);
		done += got;
		if (*err == 0 && got != part)
			*err = -EFAULT;
	}
	if (page != NULL)
		page_free(page, 0);
	return done;
}

/* ---- process_vm_readv, process_vm_writev ---- */

/* The memory of PID with a reference in *MM: 0, -ESRCH, -EPERM. [mm_access] */
static int find(uint64_t pid, struct mm **mm)
{
	const struct task *t = task_find(pidns_id((uint32_t)pid));

	if (t == NULL || t->mm == NULL)
		return -ESRCH;
	if (t->mm != current->mm && !ptrace_may_access(t, false))
		return -EPERM;
	*mm = mm_get(t->mm);
	return 0;
}

static long transfer(uint64_t pid, struct uio *u, const struct iovec *remote, uint64_t n, bool write)
{
	uint64_t done = 0, total = 0;
	struct mm *mm;
	int err;

	for (uint64_t i = 0; i < n; i++)
		total |= remote[i].iov_len;
	if (total == 0)
		return 0;
	err = find(pid, &mm);
	if (err != 0)
		return err;
	for (uint64_t i = 0; i < n && u->left > 0 && err == 0; i++)
		done += move(mm, remote[i].iov_base, u, remote[i].iov_len, write, false, &err);
	mm_put(mm);
	return done > 0 ? (long)done : err;
}

static long process_vm(uint64_t pid, const uint64_t local[2], const uint64_t remote[2], uint64_t flags, bool write)
{
	struct uio_vector here, there;
	struct uio u;
	long result;

	if (flags != 0)
		return -EINVAL;
	result = uio_init_vector(&u, &here, local[0], local[1]);
	if (result == 0 && u.left > 0) {
		result = uio_copy_vector(&there, remote[0], remote[1]);
		if (result == 0)
			result = transfer(pid, &u, there.all, remote[1], write);
		uio_free_vector(&there);
	}
	uio_free_vector(&here);
	return result;
}

long sys_process_vm_readv(uint64_t pid, uint64_t local, uint64_t n, uint64_t remote, uint64_t remote_n, uint64_t flags)
{
	return process_vm(pid, (uint64_t[2]){ local, n }, (uint64_t[2]){ remote, remote_n }, flags, false);
}

long sys_process_vm_writev(uint64_t pid, uint64_t local, uint64_t n, uint64_t remote, uint64_t remote_n, uint64_t flags)
{
	return process_vm(pid, (uint64_t[2]){ local, n }, (uint64_t[2]){ remote, remote_n }, flags, true);
}

/* ---- /proc/PID/mem ---- */

/* The position is the address. What was opened is the memory of then: of a process that has it no more nothing is read. */
static long access(struct file *f, struct uio *u, uint64_t *pos, bool write)
{
	const struct task *t = proc_task(f->inode);
	uint64_t done;
	struct mm *mm;
	int err;

	if (t == NULL || t->mm == NULL || t->mm->serial != (uint64_t)f->data)
		return 0;
	mm = mm_get(t->mm);
	done = move(mm, *pos, u, u->left, write, true, &err);
	mm_put(mm);
	*pos += done;
	return done > 0 ? (long)done : err;
}

static long mem_read(struct file *f, struct uio *to, uint64_t *pos)
{
	return access(f, to, pos, false);
}

static long mem_write(struct file *f, struct uio *from, uint64_t *pos)
{
	return access(f, from, pos, true);
}

int proc_open_mem(struct task *task, struct file *f)
{
	static const struct file_ops mem_ops = { .read = mem_read, .write = mem_write, .seekable = true };

	f->ops = &mem_ops;
	f->data = (void *)(task->mm != NULL ? task->mm->serial : 0);
	return 0;
}
