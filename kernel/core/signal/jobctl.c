/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jobctl.c - job control: stops and continues whole processes (group stop). Called when stop
 * signals and SIGCONT are sent, and from deliver.c.
 *
 * The first thread that takes a stop signal asks the others to take part. The last one to stop
 * completes the group stop, and only then is the parent told. A traced thread stops for its tracer
 * instead (ptrace_stop.c). The bits of task.jobctl and their rules are Linux's [do_signal_stop and
 * its neighbours in kernel/signal.c].
 */
#include "signal.h"

#include "pgrp.h"
#include "tracer.h"
#include "trap.h"

static bool thread_ended(const struct task *t)
{
	return t->exiting || t->state == TASK_ZOMBIE || t->state == TASK_DEAD;
}

bool jobctl_set(struct task *t, uint32_t bits)
{
	if (thread_ended(t) || signal_is(SIGKILL, t->pending.set))
		return false;
	if ((bits & JOBCTL_STOP_SIGMASK) != 0)
		t->jobctl &= ~JOBCTL_STOP_SIGMASK;
	t->jobctl |= bits;
	return true;
}

void jobctl_clear(struct task *t, uint32_t bits)
{
	if ((bits & JOBCTL_STOP_PENDING) != 0)
		bits |= JOBCTL_STOP_CONSUME | JOBCTL_STOP_DEQUEUED;
	t->jobctl &= ~bits;
	if ((t->jobctl & JOBCTL_PENDING_MASK) == 0)
		t->jobctl &= ~JOBCTL_TRAPPING;
}

static void flush_everywhere(struct group *g, uint64_t mask)
{
	sigpending_flush_mask(&g->pending, mask);
	group_for_each_thread(t, g)
		sigpending_flush_mask(&t->pending, mask);
}

void jobctl_cancel_continue(struct group *g)
{
	flush_everywhere(g, SIGMASK(SIGCONT));
}

void jobctl_continue(struct group *g)
{
	struct group_stop *s = &g->stop;

	flush_everywhere(g, SIGNALS_STOP);
	group_for_each_thread(t, g) {
		jobctl_clear(t, JOBCTL_STOP_PENDING);
		if (ptrace_is_seized(t)) {
			t->tracer->ops->trap_notify(t);
		} else if (t->state == TASK_STOPPED) {
			t->jobctl &= ~JOBCTL_STOPPED;
			sched_wake(t);
		}
	}
	if (s->signal == 0 && s->count == 0)
		return;
	/*
	 * The first thread that looks at its signals tells the parent. A stop that was not complete
	 * is reported as a stop, as if it had been.
	 */
	s->tell = s->signal != 0 ? CLD_CONTINUED : CLD_STOPPED;
	s->signal = 0;
	s->count = 0;
	s->continued = true;
	group_for_each_thread(t, g)
		t->signal_work = true;
	if (g == current->group)
		hart.work |= HART_SIGNAL;
}

bool jobctl_tell_parent(void)
{
	struct group_stop *s = &current->group->stop;
	const int why = s->tell;

	if (why == 0)
		return false;
	s->tell = 0;
	sigchld_notify(current, false, why);
	if (ptrace_is_reparented(current->group->leader))
		sigchld_notify(current->group->leader, true, why);
	return true;
}

bool jobctl_participate(struct task *t)
{
	struct group_stop *s = &t->group->stop;
	const bool counted = (t->jobctl & JOBCTL_STOP_CONSUME) != 0;

	jobctl_clear(t, JOBCTL_STOP_PENDING);
	if (!counted)
		return false;
	if (s->count != 0)
		s->count--;
	if (s->count != 0 || s->signal != 0)
		return false;
	s->signal = s->code;
	s->reported = false;
	s->continued = false;
	s->tell = 0;
	return true;
}

#define ASKED_AT_ONCE 256U

/* Wakes the threads that are to stop and do not know it yet. Lets other tasks run now and then. */
static void ask_to_stop(void)
{
	struct group *const g = current->group;
	struct list *next;
	uint32_t asked = 0;

	for (struct list *link = g->threads.next; link != &g->threads; link = next) {
		struct task *t = container_of(link, struct task, thread);

		next = link->next;
		if (t == current || t->signal_work || (t->jobctl & JOBCTL_STOP_PENDING) == 0)
			continue;
		if (ptrace_is_seized(t))
			t->tracer->ops->trap_notify(t);
		else
			signal_wake(t, false);
		if (++asked % ASKED_AT_ONCE != 0)
			continue;
		(void)sched_give_way();
		next = g->threads.next; /* others ran: the list may have changed */
	}
}

/* Asks every thread of the current process to stop because of SIG. */
static void begin_stop(int sig)
{
	const uint32_t bits = (uint32_t)sig | JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME;
	struct group_stop *s = &current->group->stop;

	if (s->signal == 0)
		s->code = (uint32_t)sig;
	s->count = 0;
	group_for_each_thread(t, current->group)
		if ((t == current || t->state != TASK_STOPPED) && jobctl_set(t, bits))
			s->count++;
	ask_to_stop();
}

bool jobctl_stop(int sig)
{
	struct task *t = current;

	if ((t->jobctl & JOBCTL_STOP_PENDING) == 0) {
		if ((t->jobctl & JOBCTL_STOP_DEQUEUED) == 0 || t->group->exiting)
			return false;
		begin_stop(sig);
	}
	if (t->tracer != NULL) {
		jobctl_set(t, JOBCTL_TRAP_STOP);
		return false;
	}
	if (jobctl_participate(t))
		sigchld_notify(t, false, CLD_STOPPED);
	t->jobctl |= JOBCTL_STOPPED;
	while ((t->jobctl & JOBCTL_STOPPED) != 0) {
		t->state = TASK_STOPPED;
		sched_switch_away();
	}
	return true;
}

/* ---- orphaned process groups: orphans.c ---- */

bool jobctl_orphaned(uint32_t pgid)
{
	return pgrp_ops == NULL || pgrp_ops->orphaned(pgid);
}

void jobctl_group_exits(struct group *g)
{
	if (pgrp_ops != NULL)
		pgrp_ops->group_exits(g);
}
