/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_clone3.c - clone3: clone with its arguments in a structure. [kernel/fork.c]
 */
#include <stddef.h>

#include <abi/errno.h>
#include <abi/sched.h>

#include "absent.h"
#include "clone.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "usercopy.h"

/* The structure may be longer than the kernel's, if what the kernel does not know is zero. */
static int get_clone_args(struct clone_args *a, uint64_t from, uint64_t size)
{
	if (size > PAGE_SIZE)
		return -E2BIG;
	return size < CLONE_ARGS_SIZE_VER0 ? -EINVAL : copy_struct_from_user(a, sizeof(*a), from, size);
}

/*
 * clone3(2). Chosen ids and control groups are not supported: EINVAL, as from a kernel that does
 * not know the flag.
 */
long sys_clone3(uint64_t uargs, uint64_t size)
{
	struct clone_args a = { 0 };
	const int err = get_clone_args(&a, uargs, size);

	if (err != 0)
		return err;
	if (a.set_tid_size != 0)
		absent_say("clone3", "field", offsetof(struct clone_args, set_tid), "EINVAL");
	if (a.flags & CLONE_INTO_CGROUP)
		absent_say("clone3", "flag", CLONE_INTO_CGROUP, "EINVAL");
	if (a.set_tid != 0 || a.set_tid_size != 0 || a.exit_signal > _NSIG)
		return -EINVAL;
	if (a.flags & ~(CLONE_CLEAR_SIGHAND | (UINT32_MAX & ~CSIGNAL)) ||
	    (a.flags & CLONE_CLEAR_SIGHAND && a.flags & CLONE_SIGHAND) || a.flags & CLONE_DETACHED)
		return -EINVAL;
	if (a.flags & (CLONE_THREAD | CLONE_PARENT) && a.exit_signal != 0)
		return -EINVAL;
	if ((a.stack == 0) != (a.stack_size == 0) || !user_range_ok(a.stack, a.stack_size))
		return -EINVAL;
	a.stack += a.stack_size;
	return clone_task(&a);
}
