/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_clone.c - clone: a new thread or process from the current one.
 */
#include "clone.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>
#include <string.h>

#include "cred.h"
#include "events.h"
#include "file.h"
#include "filter.h"
#include "fp.h"
#include "fs.h"
#include "gate.h"
#include "part.h"
#include "pgrp.h"
#include "pidns.h"
#include "runqueue.h"
#include "signal.h"
#include "sys.h"
#include "tracer.h"
#include "usercopy.h"
#include "vm.h"

/* Writes the id TID, as the current task sees it, to its memory: 0 or -EFAULT. */
static int put_tid(uint64_t to, uint32_t tid)
{
	const uint32_t shown = pidns_show(tid);

	return copy_to_user(to, &shown, sizeof(shown));
}

/*
 * The first function of a new user thread, whose frame is a copy of its parent's. TID_AT: where its
 * id is written, in its own memory; or NULL. [schedule_tail]
 */
static void enter_user(void *tid_at)
{
	if (tid_at != NULL)
		(void)put_tid((uint64_t)tid_at, current->tid);
	trap_return(current->frame);
}

/* Refuses in Linux's order [copy_process]. */
static long clone_check_flags(uint64_t flags)
{
	if ((flags & (CLONE_NEWNS | CLONE_FS)) == (CLONE_NEWNS | CLONE_FS))
		return -EINVAL;
	if ((flags & (CLONE_NEWUSER | CLONE_FS)) == (CLONE_NEWUSER | CLONE_FS))
		return -EINVAL;
	if (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND))
		return -EINVAL;
	if (flags & CLONE_SIGHAND && !(flags & CLONE_VM))
		return -EINVAL;
	if ((flags & CLONE_PIDFD) && (flags & (CLONE_DETACHED | CLONE_THREAD)))
		return -EINVAL;
	if (flags & CLONE_PARENT && signal_is_unkillable(current))
		return -EINVAL;
	return 0;
}

/* A copy of the current task's address space. NULL: no memory, or a fatal signal. */
static struct mm *fork_memory(void)
{
	struct mm *mm;

	if (mm_lock(current->mm) != 0)
		return NULL;
	mm = mm_fork(current->mm);
	mm_unlock(current->mm);
	return mm;
}

/*
 * Copies or shares, by FLAGS, what the current task has. 0, or -ENOMEM; then drop_parts() gives up
 * T's parts.
 */
static int copy_parts(struct task *t, uint64_t flags)
{
	int err = 0;

	t->cred = current->cred;
	memcpy(t->comm, current->comm, sizeof(t->comm));
	t->blocked = current->blocked;
	t->personality = current->personality;
	t->timer_slack = t->default_timer_slack = current->timer_slack;
	if (!(flags & CLONE_VM))
		t->rseq = current->rseq;
	t->policy = current->policy;
	t->rt_priority = current->rt_priority;
	t->nice = current->nice;
	if (t->policy & SCHED_RESET_ON_FORK) { /* [sched_fork] */
		t->policy = task_policy(current);
		if (t->rt_priority != 0 || t->nice.value < 0) {
			t->policy = SCHED_NORMAL;
			t->rt_priority = 0;
			t->nice = (struct niceness){ 0 };
			runqueue_change_policy(t);
		}
	}
	if (!(flags & CLONE_VM) || flags & CLONE_VFORK)
		t->altstack = current->altstack;
	fp_save();
	t->fp = current->fp;
	t->mm = flags & CLONE_VM ? mm_get(current->mm) : fork_memory();
	if (flags & CLONE_FILES)
		t->files = files_get(current->files);
	else
		err = files_copy(current->files, &t->files);
	t->fs = flags & CLONE_FS ? fs_get(current->fs) : fs_copy(current->fs);
	t->sighand = flags & CLONE_SIGHAND ? sighand_get(current->sighand) : sighand_copy(current->sighand);
	t->gate = gate_get(&gate_default);
	if (flags & CLONE_CLEAR_SIGHAND && t->sighand != NULL)
		sighand_reset(t->sighand);
	return t->mm != NULL && t->fs != NULL && t->sighand != NULL ? err : -ENOMEM;
}

static void drop_parts(struct task *t)
{
	if (t->mm != NULL)
		mm_put(t->mm);
	if (t->files != NULL)
		files_put(t->files);
	if (t->fs != NULL)
		fs_put(t->fs);
	sighand_put(t->sighand);
}

static void copy_frame(struct task *t, uint64_t flags, uint64_t sp, uint64_t tls)
{
	*t->frame = *current->frame;
	t->frame->a[0] = 0;
	t->frame->in_call = 0;
	if (sp != 0)
		t->frame->sp = sp;
	if (flags & CLONE_SETTLS)
		t->frame->tp = tls;
}

static void copy_group(struct group *g, uint32_t exit_signal)
{
	const struct group *from = current->group;

	pgrp_set(g, from->pgid, from->sid);
	g->exit_signal = exit_signal;
	memcpy(g->limits, from->limits, sizeof(g->limits));
	g->oom_score_adj = from->oom_score_adj;
	g->oom_score_adj_min = from->oom_score_adj_min;
	g->core_filter = from->core_filter;
}

/* The parent of a vfork sleeps until the child no longer uses its memory. */
static void wait_for_vfork(struct task *child, uint32_t tid, struct waitq *done)
{
	/*
	 * Only a fatal signal ends the wait early. The child must forget DONE, which is on this
	 * stack.
	 */
	(void)wait_event(done, task_find(tid) != child || child->vfork_done != done, WAIT_KILLABLE, TIME_NEVER);
	if (task_find(tid) == child && child->vfork_done == done)
		child->vfork_done = NULL;
}

/* Refuses what cannot begin. [kernel_clone, copy_process] */
static long clone_check(const struct clone_args *a)
{
	long err;

	/* Both results would go to the same place. */
	if ((a->flags & CLONE_PIDFD) && (a->flags & CLONE_PARENT_SETTID) && a->pidfd == a->parent_tid)
		return -EINVAL;
	err = clone_check_flags(a->flags);
	return err == 0 && cred_limit != NULL ? cred_limit(false) : err;
}

/*
 * Makes the child with all its parts, which nobody can find yet: 0, or -errno and nothing is left.
 * a->stack is the new stack pointer, not the lowest address.
 */
static long clone_create(const struct clone_args *a, struct fork *fork, struct task **out)
{
	const bool thread = a->flags & CLONE_THREAD;
	void *const tid_at = a->flags & CLONE_CHILD_SETTID ? (void *)a->child_tid : NULL;
	struct task *t = task_create(thread ? current->group : NULL, enter_user, tid_at);
	long err;

	if (t == NULL)
		return -EAGAIN;
	err = copy_parts(t, a->flags);
	if (err == 0 && current->group->exiting) /* other tasks ran meanwhile */
		err = -EINTR;
	if (err == 0)
		err = task_parts_fork(t, fork);
	if (err != 0) {
		drop_parts(t);
		if (!thread)
			group_free(t->group);
		task_free(t);
		return err;
	}
	copy_frame(t, a->flags, a->stack, a->tls);
	if (!thread)
		copy_group(t->group, a->flags & CLONE_PARENT ? current->group->exit_signal : (uint32_t)a->exit_signal);
	if (a->flags & CLONE_CHILD_CLEARTID)
		t->clear_child_tid = a->child_tid;
	*out = t;
	return 0;
}

/* Makes the child, and makes it known: 0, or -errno and nothing is left. */
static long clone_add(const struct clone_args *a, struct fork *fork, struct task **out)
{
	struct group *g = current->group;
	long err = mutex_lock(&g->threads_lock);

	if (err != 0)
		return err;
	err = clone_check(a);
	if (err == 0)
		err = clone_create(a, fork, out);
	if (err == 0) {
		filter_inherit(*out);
		task_add(*out, a->flags & CLONE_PARENT ? g->parent : g);
	}
	mutex_unlock(&g->threads_lock);
	return err;
}

long clone_task(const struct clone_args *a)
{
	const uint64_t flags = a->flags;
	const int event = current->tracer == NULL ? 0 : current->tracer->ops->clone_event(flags | a->exit_signal);
	struct fork fork = { .args = a, .event = event, .pidfd = -1 };
	struct waitq vfork_done;
	struct task *t = NULL;
	uint32_t tid;
	long err = clone_add(a, &fork, &t);

	if (err != 0)
		return err;
	tid = t->tid;
	if (events != 0)
		event_ops->fork(t, flags | a->exit_signal);
	if (flags & CLONE_PARENT_SETTID)
		(void)put_tid(a->parent_tid, tid); /* Linux ignores a bad address, too */
	if (flags & CLONE_VFORK) {
		waitq_init(&vfork_done);
		t->vfork_done = &vfork_done;
	}
	sched_wake(t);
	if (event != 0)
		tracer_event_id(event, tid);
	if (flags & CLONE_VFORK) {
		wait_for_vfork(t, tid, &vfork_done);
		tracer_event_id(PTRACE_EVENT_VFORK_DONE, tid); /* of a child that is not traced, too */
	}
	return pidns_show(tid);
}

/* clone(2), with riscv64's order of arguments. */
long sys_clone(uint64_t flags, uint64_t stack, uint64_t parent_tid, uint64_t tls, uint64_t child_tid)
{
	const struct clone_args a = {
		.flags = flags & UINT32_MAX & ~(uint64_t)CSIGNAL,
		.exit_signal = flags & CSIGNAL,
		.stack = stack,
		.pidfd = parent_tid,
		.parent_tid = parent_tid,
		.tls = tls,
		.child_tid = child_tid,
	};

	return clone_task(&a);
}
