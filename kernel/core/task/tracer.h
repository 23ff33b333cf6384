/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer.h - what the kernel asks of a task's tracer (ptrace). A task that is not traced has no
 * struct tracer; in an image without kernel/linux/trace no task has one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/errno.h>
#include <abi/ptrace.h>
#include <abi/signal.h>

#include "list.h"
#include "task.h"

struct tracer_ops;

/* A stop in which a tracee sleeps; it lies on the tracee's kernel stack. */
struct ptrace_stop {
	/*
	 * What wait4 reports from bit 8 on; 0 once it was reported. When the tracee goes on: the
	 * signal that it is to take, or 0.
	 */
	uint32_t code;
	uint64_t message;     /* what PTRACE_GETEVENTMSG gets */
	struct siginfo *info; /* what PTRACE_GETSIGINFO gets; NULL in the group stop of a tracee that was not seized */
};

/* Who asked for a task to be traced, as he was then. [ptracer_cred] */
struct tracer_rights {
	struct userns *userns;
	uint32_t euid;
	uint64_t cap_effective;
};

struct tracer {
	const struct tracer_ops *ops;
	struct list link;	     /* in the list of all tracees */
	struct task *task;	     /* the tracee */
	struct task *by;	     /* the thread that traces it */
	struct tracer_rights rights; /* with one reference to their namespace */
	uint32_t options;	     /* PTRACE_O_* */
	bool seized;		     /* attached by PTRACE_SEIZE, which changes group stops */
	bool syscalls;		     /* PTRACE_SYSCALL: stop at the next call's entry or end */
	struct ptrace_stop *stop;    /* NULL while it runs */
};

/*
 * What the judge is to do after a stop at a call. The tracer may have changed every register. At
 * the stop a0 holds the first argument; orig_a0 is the copy that filters and the call use. If the
 * call goes on, the first argument is taken from a0 again. If the tracer skips it (by a number
 * below 0), a0 is the result; if the tracer has left a0 alone, the result is -ENOSYS.
 */
enum ptrace_answer {
	PTRACE_DIE = 0, /* a fatal signal has come: the call is not run */
	PTRACE_SKIP,	/* the call is not run; a0 holds the result */
	PTRACE_RUN,	/* the call in the registers goes on */
};

/*
 * kernel/linux/trace's. All but trap_notify and forget are about the current task, which is traced.
 */
struct tracer_ops {
	/*
	 * SIG is about to be delivered. Returns the signal that the tracer makes of it, or 0, with
	 * its info in *INFO. [ptrace_signal]
	 */
	int (*signal_stop)(int sig, struct siginfo *info);
	/*
	 * Called when JOBCTL_TRAP_* is set: for a group stop, PTRACE_INTERRUPT, or a change in job
	 * control. [do_jobctl_trap]
	 */
	void (*jobctl_stop)(void);
	/* Tells the tracer of T, which was seized, of a change in job control. */
	void (*trap_notify)(struct task *t);
	/*
	 * Stops with EVENT and MESSAGE if the tracer wants to see it. A MESSAGE that is an id is
	 * translated to the tracer's number for it.
	 */
	void (*event)(int event, uint64_t message);
	void (*event_id)(int event, uint32_t id);
	/* The PTRACE_EVENT_* with which the tracer wants to see a clone with FLAGS, or 0. */
	int (*clone_event)(uint64_t flags);
	/*
	 * Stops at a system call's entry if the tracer wants it. After PTRACE_SKIP the filters
	 * still judge the number -1, as on Linux; if they let it run, it is skipped.
	 */
	enum ptrace_answer (*syscall_enter)(struct trapframe *frame);
	/*
	 * Stops because a filter answered TRACE with DATA. PTRACE_RUN: judge the call again. A
	 * tracer that does not want such stops gives PTRACE_SKIP with -ENOSYS.
	 */
	enum ptrace_answer (*seccomp)(struct trapframe *frame, uint16_t data);
	/* Stops at the end of a system call, also of one that was refused or skipped. */
	void (*syscall_exit)(void);
	/* T, which has ended, is about to be freed. */
	void (*forget)(struct task *t);
};

static inline bool ptrace_is_seized(const struct task *t)
{
	return t->tracer != NULL && t->tracer->seized;
}

/* Is T traced by a process that is not its parent? */
static inline bool ptrace_is_reparented(const struct task *t)
{
	return t->tracer != NULL && t->tracer->by->group != t->group->parent;
}

/*
 * Does wait4 by G's parent not see G's events, because G's leader is traced? Its parent's process
 * then sees them as the tracer; a tracer in another process is the first to see that G has ended.
 */
static inline bool ptrace_hides_child(const struct group *g)
{
	const struct task *leader = g->leader;

	return leader->tracer != NULL && (!ptrace_is_reparented(leader) || g->live == 0);
}

/* PTRACE_O_SUSPEND_SECCOMP: are filters and strict mode suspended? */
static inline bool ptrace_suspends_seccomp(void)
{
	return current->tracer != NULL && (current->tracer->options & PTRACE_O_SUSPEND_SECCOMP) != 0;
}

static inline void tracer_event(int event, uint64_t message)
{
	if (current->tracer != NULL)
		current->tracer->ops->event(event, message);
}

static inline void tracer_event_id(int event, uint32_t id)
{
	if (current->tracer != NULL)
		current->tracer->ops->event_id(event, id);
}

static inline enum ptrace_answer tracer_syscall_enter(struct trapframe *frame)
{
	return current->tracer == NULL ? PTRACE_RUN : current->tracer->ops->syscall_enter(frame);
}

static inline enum ptrace_answer tracer_seccomp(struct trapframe *frame, uint16_t data)
{
	if (current->tracer != NULL)
		return current->tracer->ops->seccomp(frame, data);
	frame->a[0] = (uint64_t)-ENOSYS;
	return PTRACE_SKIP;
}

static inline void tracer_syscall_exit(void)
{
	if (current->tracer != NULL)
		current->tracer->ops->syscall_exit();
}
