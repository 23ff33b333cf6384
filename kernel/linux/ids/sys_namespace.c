/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_namespace.c - unshare(2), setns(2), and what clone does about namespaces. Kinds that the
 * image lacks are EINVAL, as on a Linux that was built without them.
 * [ksys_unshare, copy_namespaces]
 */
#include "namespace.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "absent.h"
#include "cred.h"
#include "file.h"
#include "fs.h"
#include "ns_file.h"
#include "part.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

#define OTHERS (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME)
#define KNOWN                                                                                               \
	(CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM | CLONE_NEWUSER | \
	 CLONE_NEWPID | OTHERS)

/* Says on the console which kinds in FLAGS this image lacks: -EINVAL, or 0 if it lacks none. */
static int check_kinds(const char *call, uint64_t flags)
{
	const uint64_t missing = ns_missing(flags);

	for (uint64_t bit = 1; bit <= missing && bit != 0; bit <<= 1)
		if (missing & bit)
			absent_say(call, "name space", bit, "EINVAL");
	return missing != 0 ? -EINVAL : 0;
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
	return check_kinds("unshare", flags);
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
	if ((flags & (CLONE_NEWPID | OTHERS)) && !(flags & CLONE_NEWUSER) && !userns_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & CLONE_FS)
		err = unshare_fs();
	if (err == 0 && (flags & CLONE_FILES))
		err = files_unshare();
	if (err == 0)
		err = task_parts_unshare(flags);
	if (err == 0 && (flags & CLONE_NEWUSER))
		err = userns_unshare();
	if (err == 0 && (flags & OTHERS))
		err = ns_unshare(flags);
	if (err == 0 && (flags & CLONE_NEWPID))
		err = pidns_unshare();
	return err;
}

/* ---- setns ---- */

/* [validate_ns] */
static int enter_ref(const struct ns_ref *r)
{
	int err;

	if (r->which == NS_USER && (current->group->live > 1 || current->fs->refs > 1) && r->userns != current->userns)
		return -EINVAL;
	if (r->which == NS_USER)
		return userns_join(r->userns);
	if (!userns_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (!userns_capable_in(r->which == NS_PID ? pidns_owner(r->pidns) : ns_owner(r->ns), CAP_SYS_ADMIN))
		return -EPERM;
	if (r->which == NS_PID)
		return pidns_join(r->pidns);
	err = ns_enter(r->which, ns_get(r->ns));
	if (err != 0)
		ns_put(r->which, r->ns);
	return err;
}

/*
 * Those of T that FLAGS name. That of users comes first: it gives the right to the others. Each
 * is entered by itself, so an error leaves the task in those that came before. [validate_nsset
 * checks all of them first]
 */
static int enter_all(const struct task *t, uint64_t flags)
{
	int err = 0;

	for (unsigned n = 0; err == 0 && n < NS_FILES; n++) {
		const unsigned which = (NS_USER + n) % NS_FILES;
		struct ns_ref r;

		if (which != NS_PID_CHILDREN && ns_ref_of(t, which, &r) && (flags & ns_ref_flag(&r)) != 0)
			err = enter_ref(&r);
	}
	return err;
}

long sys_setns(uint64_t fd, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct file *f = fd_get(fd);
	struct ns_ref r;
	long err = -EINVAL;

	if (f == NULL)
		return -EBADF;
	if (ns_file_ref(f, &r)) {
		if (flags == 0 || flags == ns_ref_flag(&r))
			err = enter_ref(&r);
	} else if (f->ops->process != NULL) {
		const struct group *g = f->ops->process(f);

		if (flags != 0 && (flags & ~(uint32_t)(OTHERS | CLONE_NEWUSER | CLONE_NEWPID)) == 0)
			err = g == NULL || g->live == 0 ? -ESRCH : check_kinds("setns", flags);
		if (err == 0)
			err = ptrace_may_access(g->leader, false) ? enter_all(g->leader, flags) : -EPERM;
	}
	file_put(f);
	return err;
}

int namespace_enter(struct task *child, uint64_t flags)
{
	int err = check_kinds("clone", flags);

	if (err != 0)
		return err;
	if ((flags & CLONE_THREAD) && (flags & (CLONE_NEWUSER | CLONE_NEWPID)))
		return -EINVAL;
	if ((flags & (CLONE_NEWPID | OTHERS)) && !(flags & CLONE_NEWUSER) && !userns_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if ((flags & CLONE_NEWIPC) && (flags & CLONE_SYSVSEM))
		return -EINVAL;
	err = userns_enter(child, flags & CLONE_NEWUSER);
	if (err == 0)
		err = ns_fork(child, flags);
	if (err == 0)
		err = pidns_enter(child, flags & CLONE_THREAD, flags & CLONE_NEWPID);
	if (err != 0)
		namespace_release(child);
	return err;
}

void namespace_cancel(struct task *child)
{
	pidns_cancel(child);
	ns_release(child);
	userns_release(child);
}

void namespace_release(struct task *t)
{
	pidns_release(t);
	ns_release(t);
	userns_release(t);
}
