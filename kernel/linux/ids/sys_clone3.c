/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_clone3.c - clone3: clone with its arguments in a structure. [kernel/fork.c]
 */
#include <stddef.h>

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "absent.h"
#include "clone.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

/* The structure may be longer than the kernel's, if what the kernel does not know is zero. */
static int get_clone_args(struct clone_args *a, uint64_t from, uint64_t size)
{
	if (size > PAGE_SIZE)
		return -E2BIG;
	return size < CLONE_ARGS_SIZE_VER0 ? -EINVAL : copy_struct_from_user(a, sizeof(*a), from, size);
}

#define TIDS_MAX 32 /* [MAX_PID_NS_LEVEL] */

/* May the current task choose ids where its children live? [checkpoint_restore_ns_capable] */
static bool may_choose_ids(void)
{
	if (current->pidns_children == NULL)
		return task_capable(CAP_CHECKPOINT_RESTORE) || task_capable(CAP_SYS_ADMIN);
	return userns_capable(CAP_CHECKPOINT_RESTORE) || userns_capable(CAP_SYS_ADMIN);
}

/*
 * Ids that the caller of clone3 chooses, one for each namespace: what Linux refuses is refused in
 * its order, and the rest, which cannot be done, is EINVAL with a line. 0: none are chosen.
 */
static int check_tids(const struct clone_args *a)
{
	int32_t tid[TIDS_MAX];

	if (a->set_tid == 0 && a->set_tid_size == 0)
		return 0;
	if (a->set_tid_size > TIDS_MAX || a->set_tid == 0 || a->set_tid_size == 0)
		return -EINVAL;
	if (copy_from_user(tid, a->set_tid, a->set_tid_size * sizeof(tid[0])) != 0)
		return -EFAULT;
	if (tid[0] < 1 || (uint32_t)tid[0] >= task_id_max)
		return -EINVAL;
	if (!may_choose_ids())
		return -EPERM;
	absent_say("clone3", "field", offsetof(struct clone_args, set_tid), "EINVAL");
	return -EINVAL;
}

/*
 * clone3(2). Chosen ids and control groups are not supported: EINVAL, as from a kernel that does
 * not know the flag.
 */
long sys_clone3(uint64_t uargs, uint64_t size)
{
	struct clone_args a = { 0 };
	int err = get_clone_args(&a, uargs, size);

	if (err != 0)
		return err;
	if (a.flags & CLONE_INTO_CGROUP)
		absent_say("clone3", "flag", CLONE_INTO_CGROUP, "EINVAL");
	if (a.exit_signal > _NSIG)
		return -EINVAL;
	if (a.flags & ~(CLONE_CLEAR_SIGHAND | (UINT32_MAX & ~CSIGNAL)) ||
	    (a.flags & CLONE_CLEAR_SIGHAND && a.flags & CLONE_SIGHAND) || a.flags & CLONE_DETACHED)
		return -EINVAL;
	if (a.flags & (CLONE_THREAD | CLONE_PARENT) && a.exit_signal != 0)
		return -EINVAL;
	if ((a.stack == 0) != (a.stack_size == 0) || !user_range_ok(a.stack, a.stack_size))
		return -EINVAL;
	a.stack += a.stack_size;
	err = check_tids(&a);
	return err != 0 ? err : clone_task(&a);
}
