/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jobctl.c - stopping and continuing whole processes.
 *
 * The first thread that takes a stop signal asks the others to take part; the last one to stop
 * completes the group stop, and only then is the parent told. A traced thread stops for its tracer
 * instead (ptrace_stop.c). The bits of task.jobctl and their rules are Linux's [do_signal_stop and
 * its neighbours in kernel/signal.c].
 */
#include "signal.h"

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
	 * The first thread that wakes tells the parent. A stop that was not complete is reported as
	 * one all the same.
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

/* Asks every thread of the current process to stop. */
static void begin_stop(int sig)
{
	const uint32_t bits = (uint32_t)sig | JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME;
	struct group_stop *s = &current->group->stop;

	if (s->signal == 0)
		s->code = (uint32_t)sig;
	s->count = 0;
	if (jobctl_set(current, bits))
		s->count++;
	group_for_each_thread(t, current->group) {
		if (t == current || t->state == TASK_STOPPED || !jobctl_set(t, bits))
			continue;
		s->count++;
		if (ptrace_is_seized(t))
			t->tracer->ops->trap_notify(t);
		else
			signal_wake(t, false);
	}
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

/* ---- orphaned process groups ---- */

/*
 * The process of the task that ALL links, if it is its leader and can be sent signals; else NULL.
 */
static struct group *process_of(struct list *all)
{
	struct task *t = container_of(all, struct task, all);

	return t->group->leader == t && t->group != group_init ? t->group : NULL;
}

/*
 * Is process group PGID orphaned if GONE (may be NULL) counts as ended, and its children as pid
 * 1's?
 */
static bool orphaned_without(uint32_t pgid, const struct group *gone)
{
	list_for_each(pos, &task_all) {
		const struct group *g = process_of(pos);

		if (g == NULL || g->pgid != pgid || g == gone || g->live == 0)
			continue;
		if (g->parent == NULL || g->parent == group_init || g->parent == gone)
			continue;
		if (g->parent->pgid != pgid && g->parent->sid == g->sid)
			return false;
	}
	return true;
}

bool jobctl_orphaned(uint32_t pgid)
{
	return orphaned_without(pgid, NULL);
}

static void tell_members(uint32_t pgid, int sig)
{
	list_for_each(pos, &task_all) {
		struct group *g = process_of(pos);

		if (g != NULL && g->pgid == pgid)
			signal_send_kernel_group(g, sig);
	}
}

static bool has_stopped_members(uint32_t pgid)
{
	list_for_each(pos, &task_all) {
		const struct group *g = process_of(pos);

		if (g != NULL && g->pgid == pgid && g->stop.signal != 0)
			return true;
	}
	return false;
}

/*
 * CHILD and PARENT are parted because GONE ends. If they connected CHILD's process group with its
 * session, that may be orphaned now.
 */
static void jobctl_disconnect(const struct group *child, const struct group *parent, const struct group *gone)
{
	const uint32_t pgid = child->pgid;

	if (parent == NULL || parent->pgid == pgid || parent->sid != child->sid)
		return;
	if (!orphaned_without(pgid, gone) || !has_stopped_members(pgid))
		return;
	tell_members(pgid, SIGHUP);
	tell_members(pgid, SIGCONT);
}

void jobctl_group_exits(struct group *g)
{
	jobctl_disconnect(g, g->parent, g);
	group_for_each_child(c, g) jobctl_disconnect(c, g, g);
}
