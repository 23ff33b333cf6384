/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_process.c - clone and its kin: a new thread or process from the current one; and leaving.
 */
#include <abi/errno.h>
#include <abi/sched.h>
#include <string.h>

#include "file.h"
#include "filter.h"
#include "fp.h"
#include "fs.h"
#include "gate.h"
#include "namespace.h"
#include "pidns.h"
#include "ptrace.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

/* First steps of a new user thread: its frame is a copy of the parent's. */
static void enter_user(void *unused)
{
	(void)unused;
	trap_return(current->frame);
}

/* Refusals in Linux's order [copy_process]. */
static long check_flags(uint64_t flags)
{
	if ((flags & (CLONE_NEWNS | CLONE_FS)) == (CLONE_NEWNS | CLONE_FS))
		return -EINVAL;
	if ((flags & (CLONE_NEWUSER | CLONE_FS)) == (CLONE_NEWUSER | CLONE_FS))
		return -EINVAL;
	if (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if (flags & CLONE_SIGHAND && !(flags & CLONE_VM))
		return -EINVAL;
	if (flags & CLONE_PARENT && current->group->parent == group_init)
		return -EINVAL;
	return 0;
}

/* Copies or shares, as FLAGS say, what the current task has; 0 or -ENOMEM with T's parts for drop_parts(). */
static int copy_parts(struct task *t, uint64_t flags)
{
	t->cred = current->cred;
	memcpy(t->comm, current->comm, sizeof(t->comm));
	t->blocked = current->blocked;
	t->personality = current->personality;
	if (!(flags & CLONE_VM) || flags & CLONE_VFORK)
		t->altstack = current->altstack;
	fp_save();
	t->fp = current->fp;
	t->fp_used = current->fp_used;
	t->mm = flags & CLONE_VM ? mm_get(current->mm) : mm_fork(current->mm);
	t->files = flags & CLONE_FILES ? files_get(current->files) : files_copy(current->files);
	t->fs = flags & CLONE_FS ? fs_get(current->fs) : fs_copy(current->fs);
	t->sighand = flags & CLONE_SIGHAND ? sighand_get(current->sighand) : sighand_copy(current->sighand);
	t->gate = gate_get(&gate_default);
	return t->mm && t->files && t->fs && t->sighand ? 0 : -ENOMEM;
}

static void drop_parts(struct task *t)
{
	if (t->mm)
		mm_put(t->mm);
	if (t->files)
		files_put(t->files);
	if (t->fs)
		fs_put(t->fs);
	sighand_put(t->sighand);
}

static void copy_frame(struct task *t, uint64_t flags, uint64_t stack, uint64_t tls)
{
	*t->frame = *current->frame;
	t->frame->a[0] = 0;
	t->frame->in_call = 0;
	if (stack != 0)
		t->frame->sp = stack;
	if (flags & CLONE_SETTLS)
		t->frame->tp = tls;
}

static void copy_group(struct group *g, uint32_t exit_signal)
{
	const struct group *from = current->group;

	g->pgid = from->pgid;
	g->sid = from->sid;
	g->exit_signal = exit_signal;
	memcpy(g->limits, from->limits, sizeof(g->limits));
}

/* The parent of a vfork sleeps until the child no longer uses its memory. */
static void wait_for_vfork(struct task *child, uint32_t tid, struct waitq *done)
{
	/* Only a fatal signal ends it early; the child must then forget this stack. */
	(void)wait_event(done, task_find(tid) != child || child->vfork_done != done, WAIT_KILLABLE, TIME_NEVER);
	if (task_find(tid) == child && child->vfork_done == done)
		child->vfork_done = NULL;
}

/* Id TID, as T sees it, into T's memory. */
static int put_tid(struct task *t, uint64_t to, uint32_t tid)
{
	const uint32_t shown = pidns_show_to(t, tid);

	return t == current ? copy_to_user(to, &shown, sizeof(shown)) : vm_access_remote(t->mm, to, (void *)&shown, sizeof(shown), true);
}

/* clone(2): the flags of riscv64's order of arguments. [kernel_clone] */
long sys_clone(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t tls, uint64_t child_tid)
{
	const bool thread = flags & CLONE_THREAD;
	struct group *parent = flags & CLONE_PARENT ? current->group->parent : current->group;
	const int event = ptrace_clone_event(flags);
	struct waitq vfork_done;
	struct task *t;
	uint32_t tid;
	long err;

	flags &= UINT32_MAX; /* [the system call's argument is an int on the way in] */
	err = check_flags(flags);
	if (err != 0)
		return err;
	t = task_create(thread ? current->group : NULL, enter_user, NULL);
	if (!t)
		return -EAGAIN;
	err = copy_parts(t, flags);
	if (err == 0)
		err = filter_inherit(t);
	if (err == 0)
		err = namespace_enter(t, flags);
	if (err == 0) {
		err = ptrace_inherit(t, flags, event);
		if (err != 0)
			namespace_cancel(t);
	}
	if (err != 0) {
		filter_release(t);
		drop_parts(t);
		if (!thread)
			group_free(t->group);
		task_free(t);
		return err;
	}
	copy_frame(t, flags, stack, tls);
	if (!thread)
		copy_group(t->group, flags & CLONE_PARENT ? current->group->exit_signal : flags & CSIGNAL);
	tid = t->tid;
	if (flags & CLONE_CHILD_CLEARTID)
		t->clear_child_tid = child_tid;
	task_add(t, parent);
	if (flags & CLONE_PARENT_SETTID)
		(void)put_tid(current, parent_tid, tid); /* Linux ignores a bad address, too */
	if (flags & CLONE_CHILD_SETTID)
		(void)put_tid(t, child_tid, tid);
	if (flags & CLONE_VFORK) {
		waitq_init(&vfork_done);
		t->vfork_done = &vfork_done;
	}
	sched_wake(t);
	if (event != 0)
		ptrace_event_id(event, tid);
	if (flags & CLONE_VFORK) {
		wait_for_vfork(t, tid, &vfork_done);
		if (event != 0 || (flags & CLONE_UNTRACED) == 0)
			ptrace_event_id(PTRACE_EVENT_VFORK_DONE, tid);
	}
	return pidns_show(tid);
}

long sys_exit(uint64_t code)
{
	task_exit((uint32_t)(code & 0xff) << 8);
}

long sys_exit_group(uint64_t code)
{
	group_exit((uint32_t)(code & 0xff) << 8);
}

long sys_set_tid_address(uint64_t tid)
{
	current->clear_child_tid = tid;
	return pidns_show(current->tid);
}

long sys_set_robust_list(uint64_t head, uint64_t len)
{
	if (len != 24) /* sizeof(struct robust_list_head) */
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

long sys_sched_yield(void)
{
	sched_yield();
	return 0;
}
