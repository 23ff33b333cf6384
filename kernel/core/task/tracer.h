/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer.h - what the kernel asks of whoever traces a task. A task that nobody traces has no struct
 * tracer, and a kernel without ptrace has none at all.
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

/* While the tracee sleeps in a stop; on its kernel stack. */
struct ptrace_stop {
	uint32_t code;	      /* bits 8 up of what wait4 reports, then 0; when it goes on: the signal to take */
	uint64_t message;     /* PTRACE_GETEVENTMSG */
	struct siginfo *info; /* PTRACE_GETSIGINFO; NULL in the group stop of a tracee that was not seized */
};

struct tracer {
	const struct tracer_ops *ops;
	struct list link;	  /* of all tracees */
	struct task *task;	  /* who is traced */
	struct task *by;	  /* by which thread */
	uint32_t options;	  /* PTRACE_O_* */
	bool seized;		  /* PTRACE_SEIZE, with its way of group stops */
	bool syscalls;		  /* PTRACE_SYSCALL: stop at the next call's entry or end */
	struct ptrace_stop *stop; /* NULL while it runs */
};

/*
 * For judge.c. The tracer may change every register. As a0 holds the first argument when it looks,
 * and orig_a0 is the one copy that filters and the call use, a0 becomes the first argument again if
 * the call is to go on, and stays the result if it is to be skipped (number below 0); a0 untouched
 * then means that the tracer gave no result: -ENOSYS.
 */
enum ptrace_answer {
	PTRACE_DIE = 0, /* a fatal signal came: run nothing */
	PTRACE_SKIP,	/* run nothing, a0 holds the answer */
	PTRACE_RUN,	/* go on with the registers as they are now */
};

/* All but fork and forget are for the current task, which is traced. */
struct tracer_ops {
	/*
	 * SIG is about to be delivered; what the tracer makes of it, or 0.
	 * *INFO follows. [ptrace_signal]
	 */
	int (*signal_stop)(int sig, struct siginfo *info);
	/*
	 * JOBCTL_TRAP_* is set: a group stop, PTRACE_INTERRUPT, or news
	 * of job control. [do_jobctl_trap]
	 */
	void (*jobctl_stop)(void);
	/* A change in job control that seized tracee T must show. */
	void (*trap_notify)(struct task *t);
	/*
	 * Stops with EVENT and MESSAGE when the tracer wants to see it; an id as the
	 * message is as the tracer knows it.
	 */
	void (*event)(int event, uint64_t message);
	void (*event_id)(int event, uint32_t id);
	/* clone with FLAGS: the PTRACE_EVENT_* that the tracer wants to see, or 0. */
	int (*clone_event)(uint64_t flags);
	/*
	 * The stop at a system call's entry, if the tracer wants it. After PTRACE_SKIP the filters
	 * still judge number -1, as on Linux, and only what they would run is skipped.
	 */
	enum ptrace_answer (*syscall_enter)(struct trapframe *frame);
	/*
	 * A filter answered TRACE with DATA: PTRACE_RUN means judge again. From a tracer that does
	 * not want it, PTRACE_SKIP with -ENOSYS.
	 */
	enum ptrace_answer (*seccomp)(struct trapframe *frame, uint16_t data);
	/* The stop at the end, also of calls that were refused or skipped. */
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

/* Is the end of G, or all of it, shown to its tracer instead of its parent? */
static inline bool ptrace_hides_child(const struct group *g)
{
	const struct task *leader = g->leader;

	return leader->tracer != NULL && (!ptrace_is_reparented(leader) || g->live == 0);
}

/* PTRACE_O_SUSPEND_SECCOMP: no filter and no strict mode is asked. */
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
