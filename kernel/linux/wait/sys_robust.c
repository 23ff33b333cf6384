/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_robust.c - set_robust_list and get_robust_list: the address of the list of robust mutexes
 * that a thread holds. futex_exit_robust() reads that list. [kernel/futex/syscalls.c]
 */
#include <abi/errno.h>
#include <abi/futex.h>

#include "cred.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

long sys_set_robust_list(uint64_t head, uint64_t len)
{
	if (len != sizeof(struct robust_list_head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

/* [get_robust_list] */
long sys_get_robust_list(uint64_t pid, uint64_t head, uint64_t len)
{
	static const uint64_t size = sizeof(struct robust_list_head);
	const struct task *t = (int)pid == 0 ? current : task_find(pidns_id((uint32_t)pid));

	if (t == NULL)
		return -ESRCH;
	if (!ptrace_may_access(t, false))
		return -EPERM;
	if (copy_to_user(len, &size, sizeof(size)) != 0)
		return -EFAULT;
	return copy_to_user(head, &t->robust_list, sizeof(t->robust_list));
}
