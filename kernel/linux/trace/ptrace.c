/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace.c - who traces whom: attaching, inheriting by clone, letting go, and waking a tracee.
 *
 * Called by sys_ptrace.c for the tracer, and by clone and exit. The stops themselves, which the
 * tracee makes, are in ptrace_stop.c. [kernel/ptrace.c of Linux]
 */
#include "ptrace.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/sched.h>

#include "child.h"
#include "cred.h"
#include "filter.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "userns.h"
#include "vm.h"
#include "wait.h"

struct list ptrace_all = LIST_INIT(ptrace_all);

static const struct tracer_ops tracer_ops = {
	.signal_stop = ptrace_signal_stop,
	.jobctl_stop = ptrace_jobctl_stop,
	.trap_notify = ptrace_trap_notify,
	.event = ptrace_event,
	.event_id = ptrace_event_id,
	.clone_event = ptrace_clone_event,
	.syscall_enter = ptrace_syscall_enter,
	.seccomp = ptrace_seccomp,
	.syscall_exit = ptrace_syscall_exit,
	.forget = ptrace_forget,
};

/* ---- waking a tracee ---- */

/*
 * Makes T look at its jobctl soon; RESUME: ends its stop for the tracer, if it is in one.
 * [ptrace_signal_wake_up]
 */
static void kick_task(struct task *t, bool resume)
{
	signal_wake(t, false);
	if (resume && t->state == TASK_TRACED) {
		t->jobctl &= ~JOBCTL_TRACED;
		sched_wake(t);
	}
}

void ptrace_trap_notify(struct task *t)
{
	if (jobctl_set(t, JOBCTL_TRAP_NOTIFY))
		kick_task(t, (t->jobctl & JOBCTL_LISTENING) != 0);
}

void ptrace_interrupt(struct task *t)
{
	if (jobctl_set(t, JOBCTL_TRAP_STOP))
		kick_task(t, (t->jobctl & JOBCTL_LISTENING) != 0);
}

int ptrace_listen(struct task *t)
{
	const struct siginfo *info = t->tracer->stop->info;

	if (!t->tracer->seized || info == NULL || info->si_code >> 8 != PTRACE_EVENT_STOP)
		return -EIO;
	t->jobctl |= JOBCTL_LISTENING;
	if ((t->jobctl & JOBCTL_TRAP_NOTIFY) != 0)
		kick_task(t, true); /* job control has changed since the stop began */
	return 0;
}

bool ptrace_has_stopped(const struct task *t)
{
	return t->state == TASK_TRACED && (t->jobctl & JOBCTL_LISTENING) == 0 && !signal_is(SIGKILL, t->pending.set);
}

void ptrace_resume(struct task *t, bool syscalls, int sig)
{
	t->tracer->syscalls = syscalls;
	t->tracer->stop->code = (uint32_t)sig;
	t->jobctl &= ~JOBCTL_TRACED;
	sched_wake(t);
}

/* ---- attaching ---- */

static struct tracer_rights current_rights(void)
{
	return (struct tracer_rights){ current->userns, current->cred.euid, current->cred.cap_effective };
}

/*
 * Makes T traced by BY from now on, with these RIGHTS; takes a reference of its own to their
 * namespace. Returns T's new struct tracer; NULL: no memory.
 */
static struct tracer *link_tracer(struct task *t, struct task *by, struct tracer_rights rights)
{
	struct tracer *tr = kmalloc(sizeof(*tr));

	if (tr == NULL)
		return NULL;
	tr->ops = &tracer_ops;
	tr->task = t;
	tr->by = by;
	tr->rights = rights;
	(void)userns_get(rights.userns);
	list_add_tail(&tr->link, &ptrace_all);
	t->tracer = tr;
	filter_update_gate(t);
	return tr;
}

static void unlink_tracer(struct task *t)
{
	struct tracer *tr = t->tracer;

	t->tracer = NULL;
	list_del(&tr->link);
	userns_put(tr->rights.userns);
	kfree(tr);
}

#define TRAPPING_PAUSE 100000UL /* ns that the tracer sleeps at a time: a tracee of lower priority can run */

/*
 * If T is in a group stop, makes it change to a stop for its tracer, and waits until it has, or the
 * caller is killed. T may be freed meanwhile, so its id is looked up each time. [JOBCTL_TRAPPING]
 */
static void trap_if_stopped(struct task *t)
{
	const uint32_t tid = t->tid;

	if (t->state != TASK_STOPPED || !jobctl_set(t, JOBCTL_TRAP_STOP | JOBCTL_TRAPPING))
		return;
	t->jobctl &= ~JOBCTL_STOPPED;
	t->signal_work = true;
	sched_wake(t);
	for (int n = 0; task_find(tid) == t && (t->jobctl & JOBCTL_TRAPPING) != 0 && !task_has_ended(t); n++) {
		if (n == 0)
			sched_yield();
		else if (task_sleep(WAIT_KILLABLE, time_now() + TRAPPING_PAUSE) == -EINTR)
			return;
	}
}

static long ptrace_attach_task(struct task *t, bool seize, uint32_t options)
{
	struct tracer *tr;

	if (t->group == current->group || !ptrace_may_access(t, false))
		return -EPERM;
	if (task_has_ended(t) || t->mm == NULL || t->tracer != NULL)
		return -EPERM;
	tr = link_tracer(t, current, current_rights());
	if (tr == NULL)
		return -ENOMEM;
	tr->seized = seize;
	tr->options = options;
	if (!seize)
		signal_send_kernel(t, SIGSTOP);
	trap_if_stopped(t);
	return 0;
}

long ptrace_attach(struct task *t)
{
	return ptrace_attach_task(t, false, 0);
}

long ptrace_seize(struct task *t, uint64_t addr, uint64_t options)
{
	int err;

	if (addr != 0 || (options & ~(uint64_t)PTRACE_O_MASK) != 0)
		return -EIO;
	err = ptrace_check_options(options);
	return err != 0 ? err : ptrace_attach_task(t, true, (uint32_t)options);
}

int ptrace_check_options(uint64_t options)
{
	if ((options & ~(uint64_t)PTRACE_O_MASK) != 0)
		return -EINVAL;
	if ((options & PTRACE_O_SUSPEND_SECCOMP) == 0)
		return 0;
	/* A task that has filters itself, even suspended ones, may not suspend another task's. */
	if (!task_capable(CAP_SYS_ADMIN) || current->seccomp_mode != SECCOMP_MODE_DISABLED || ptrace_suspends_seccomp())
		return -EPERM;
	return 0;
}

long ptrace_traceme(void)
{
	struct task *by = child_parent_thread(current);

	if (current->tracer != NULL)
		return -EPERM;
	if (by == NULL || by->mm == NULL)
		return 0; /* Linux does so when the parent is ending. A parent without mm is kernel/init.c's */
	return link_tracer(current, by, current_rights()) == NULL ? -ENOMEM : 0;
}

/* ---- clone ---- */

static bool wants_event(const struct task *t, int event)
{
	return t->tracer != NULL && (t->tracer->options & 1U << event) != 0;
}

int ptrace_clone_event(uint64_t flags)
{
	int event = PTRACE_EVENT_FORK;

	if ((flags & CLONE_UNTRACED) != 0)
		return 0;
	if ((flags & CLONE_VFORK) != 0)
		event = PTRACE_EVENT_VFORK;
	else if ((flags & CSIGNAL) != SIGCHLD)
		event = PTRACE_EVENT_CLONE;
	return wants_event(current, event) ? event : 0;
}

int ptrace_inherit(struct task *child, uint64_t flags, int event)
{
	const struct tracer *of = current->tracer;
	struct tracer *tr;

	if (of == NULL || (event == 0 && (flags & CLONE_PTRACE) == 0))
		return 0;
	tr = link_tracer(child, of->by, of->rights);
	if (tr == NULL)
		return -ENOMEM;
	tr->options = of->options;
	tr->seized = of->seized;
	/* The first thing that the child does is to stop. */
	if (tr->seized)
		child->jobctl |= JOBCTL_TRAP_STOP;
	else
		child->pending.set |= SIGMASK(SIGSTOP);
	child->signal_work = true;
	return 0;
}

/* ---- letting go ---- */

void ptrace_detach(struct task *t, int sig)
{
	struct group_stop *s = &t->group->stop;

	if (t->tracer->stop != NULL)
		t->tracer->stop->code = (uint32_t)sig;
	if (t->state == TASK_ZOMBIE) {
		ptrace_untrace_ended(t);
		return;
	}
	unlink_tracer(t);
	if (task_has_ended(t))
		return;
	filter_update_gate(t);
	jobctl_clear(t, JOBCTL_TRAP_MASK);
	t->jobctl &= ~JOBCTL_TRAPPING;
	/* If a group stop of its process has begun or is complete, T must take part in it. */
	if (s->signal != 0 || s->count != 0) {
		t->jobctl |= JOBCTL_STOP_PENDING;
		if ((t->jobctl & JOBCTL_STOP_SIGMASK) == 0)
			t->jobctl |= SIGSTOP;
	}
	if ((t->jobctl & JOBCTL_STOP_PENDING) != 0 || t->state == TASK_TRACED)
		kick_task(t, true);
}

void ptrace_tracer_exits(struct task *t)
{
	list_for_each(pos, &ptrace_all) {
		struct tracer *tr = container_of(pos, struct tracer, link);

		if (tr->by != t)
			continue;
		if ((tr->options & PTRACE_O_EXITKILL) != 0)
			signal_send_kernel_group(tr->task->group, SIGKILL);
		ptrace_detach(tr->task, 0);
	}
}

void ptrace_forget(struct task *t)
{
	if (t->tracer != NULL)
		unlink_tracer(t);
}
