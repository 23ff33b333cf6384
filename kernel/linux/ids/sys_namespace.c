/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_namespace.c - unshare(2), and what clone does about namespaces. There are pid and user
 * namespaces; the others are EINVAL, as on a Linux that was built without them.
 * [ksys_unshare, copy_namespaces]
 */
#include "namespace.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "absent.h"
#include "file.h"
#include "fs.h"
#include "part.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

#define ABSENT (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME)
#define KNOWN                                                                                               \
	(CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM | CLONE_NEWUSER | \
	 CLONE_NEWPID | ABSENT)

static int absent_kinds(const char *call, uint64_t flags)
{
	static const struct absent_name names[] = {
		{ CLONE_NEWNS, "CLONE_NEWNS" },		{ CLONE_NEWUTS, "CLONE_NEWUTS" },
		{ CLONE_NEWIPC, "CLONE_NEWIPC" },	{ CLONE_NEWNET, "CLONE_NEWNET" },
		{ CLONE_NEWCGROUP, "CLONE_NEWCGROUP" }, { CLONE_NEWTIME, "CLONE_NEWTIME" },
	};

	for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (flags & names[i].number)
			absent_say(call, "name space", names[i].number, names[i].name, "EINVAL");
	return -EINVAL;
}

/* [check_unshare_flags] */
static int namespace_check(uint64_t flags)
{
	if (flags & ~(uint64_t)KNOWN)
		return -EINVAL;
	if ((flags & (CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)) && current->group->live > 1)
		return -EINVAL;
	if ((flags & (CLONE_SIGHAND | CLONE_VM)) && current->sighand->refs > 1)
		return -EINVAL;
	if ((flags & CLONE_VM) && current->mm->refs > 1)
		return -EINVAL;
	return flags & ABSENT ? absent_kinds("unshare", flags) : 0;
}

static int unshare_fs(void)
{
	struct fs *copy;

	if (current->fs->refs == 1)
		return 0;
	copy = fs_copy(current->fs);
	if (copy == NULL)
		return -ENOMEM;
	fs_put(current->fs);
	current->fs = copy;
	return 0;
}

long sys_unshare(uint64_t uflags)
{
	uint64_t flags = uflags;
	int err;

	if (flags & CLONE_NEWUSER)
		flags |= CLONE_THREAD | CLONE_FS;
	if (flags & CLONE_VM)
		flags |= CLONE_SIGHAND;
	if (flags & CLONE_SIGHAND)
		flags |= CLONE_THREAD;
	if (flags & CLONE_NEWNS)
		flags |= CLONE_FS;
	err = namespace_check(flags);
	if (err != 0)
		return err;
	/*
	 * The capability that other namespaces ask for comes with a new user namespace; without
	 * one, the task must have it already.
	 */
	if ((flags & CLONE_NEWPID) && !(flags & CLONE_NEWUSER) && !userns_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & CLONE_FS)
		err = unshare_fs();
	if (err == 0 && (flags & CLONE_FILES))
		err = files_unshare();
	if (err == 0)
		err = task_parts_unshare(flags);
	if (err == 0 && (flags & CLONE_NEWUSER))
		err = userns_unshare();
	if (err == 0 && (flags & CLONE_NEWPID))
		err = pidns_unshare();
	return err;
}

int namespace_enter(struct task *child, uint64_t flags)
{
	int err;

	if (flags & ABSENT)
		return absent_kinds("clone", flags);
	if ((flags & CLONE_THREAD) && (flags & (CLONE_NEWUSER | CLONE_NEWPID)))
		return -EINVAL;
	if ((flags & CLONE_NEWPID) && !(flags & CLONE_NEWUSER) && !userns_capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = userns_enter(child, flags & CLONE_NEWUSER);
	if (err != 0)
		return err;
	err = pidns_enter(child, flags & CLONE_THREAD, flags & CLONE_NEWPID);
	if (err != 0)
		userns_release(child);
	return err;
}

void namespace_cancel(struct task *child)
{
	pidns_cancel(child);
	userns_release(child);
}

void namespace_release(struct task *t)
{
	pidns_release(t);
	userns_release(t);
}
