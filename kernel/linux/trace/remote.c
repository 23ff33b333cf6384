/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * remote.c - process_vm_readv and process_vm_writev: copy to and from another process's memory.
 * [mm/process_vm_access.c]
 */
#include "cred.h"
#include "file.h"
#include "page.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "vm.h"

/*
 * Stores the address space of PID, with a reference, in *MM: 0; -ESRCH: there is no such task, or
 * it has no address space; -EPERM: the current task may not trace it. [mm_access]
 */
static int remote_find(uint64_t pid, struct mm **mm)
{
	const struct task *t = task_find(pidns_id((uint32_t)pid));

	if (t == NULL || t->mm == NULL)
		return -ESRCH;
	if (t->mm != current->mm && !ptrace_may_access(t, false))
		return -EPERM;
	*mm = mm_get(t->mm);
	return 0;
}

static long remote_transfer(uint64_t pid, struct uio *u, const struct iovec *remote, uint64_t n, bool write)
{
	uint64_t done = 0, total = 0;
	struct mm *mm;
	int err;

	for (uint64_t i = 0; i < n; i++)
		total |= remote[i].iov_len;
	if (total == 0)
		return 0;
	err = remote_find(pid, &mm);
	if (err != 0)
		return err;
	for (uint64_t i = 0; i < n && u->left > 0 && err == 0; i++)
		done += uio_move(mm, remote[i].iov_base, u, remote[i].iov_len, write, false, &err);
	mm_put(mm);
	return done > 0 ? (long)done : err;
}

/*
 * Copies between two vectors, of the current process (LOCAL) and of PID (REMOTE); WRITE: to PID. Of
 * each, the user address of its array of struct iovec, and how many these are. [process_vm_rw]
 */
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
			result = remote_transfer(pid, &u, there.all, remote[1], write);
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
