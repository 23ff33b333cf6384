/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace_wait.c - what wait4 and waitid show a tracer, and what becomes of a traced thread that has
 * ended.
 *
 * A tracer comes before the parent. It sees every stop and the end of every thread. The parent,
 * when it is another process, sees group stops, and the end after the tracer has seen it.
 * [kernel/exit.c of Linux]
 */
#include "ptrace.h"

#include <abi/wait.h>

#include "child.h"
#include "signal.h"
#include "task.h"

static bool ptrace_wait_matches(const struct task *t, const struct child_query *q)
{
	return q->type == P_ALL || (q->type == P_PID && t->tid == q->id) ||
	       (q->type == P_PGID && t->group->pgid == q->id);
}

void ptrace_untrace_ended(struct task *t)
{
	struct group *g = t->group;
	const bool own_child = !ptrace_is_reparented(t);

	ptrace_forget(t);
	if (t != g->leader) {
		task_remove(t);
		task_free(t);
		if (g->leader->state == TASK_ZOMBIE && group_is_over(g))
			child_ended(g);
		return;
	}
	/*
	 * A parent that was also the tracer has been told already. If it ignores SIGCHLD, this
	 * frees G.
	 */
	if (group_is_over(g) && (!own_child || sigchld_is_ignored(g->parent)))
		child_ended(g);
}

/*
 * Shows the end of T, if Q asks for ends; that of a leader only when its other threads are gone.
 * Without WNOWAIT, T is not traced any more then, and may be freed. [wait_task_zombie]
 */
static void look_at_ended(struct task *t, const struct child_query *q, struct child_event *e)
{
	struct group *g = t->group;

	if ((q->options & WEXITED) == 0 || (t == g->leader && !group_is_over(g)))
		return;
	e->status = g->exiting ? g->exit_status : t->exit_status;
	e->code = (e->status & 0x7f) == 0 ? CLD_EXITED : (e->status & WCOREFLAG) != 0 ? CLD_DUMPED : CLD_KILLED;
	e->time = t == g->leader ? g->time + g->child_time : t->time;
	e->usage = t == g->leader ? g->usage : t->usage;
	if (t == g->leader)
		usage_add(&e->usage, &g->child_usage);
	if ((q->options & WNOWAIT) != 0)
		return;
	if (t == g->leader && !ptrace_is_reparented(t)) {
		ptrace_forget(t);
		child_take(g, e);
	} else {
		ptrace_untrace_ended(t);
	}
}

static void look_at_stopped(struct task *t, const struct child_query *q, struct child_event *e)
{
	struct ptrace_stop *s = t->tracer->stop;

	if (s->code == 0 || (t->jobctl & JOBCTL_LISTENING) != 0)
		return;
	e->status = s->code << 8 | 0x7f;
	e->code = CLD_TRAPPED;
	if ((q->options & WNOWAIT) == 0)
		s->code = 0;
}

static void look_at_continued(struct task *t, const struct child_query *q, struct child_event *e)
{
	struct group *g = t->group;

	if ((q->options & WCONTINUED) == 0 || !g->stop.continued || g->live == 0)
		return;
	e->status = 0xffff;
	e->code = CLD_CONTINUED;
	if ((q->options & WNOWAIT) == 0)
		g->stop.continued = false;
}

/* Of which kinds T, a zombie, may still have events. [wait_consider_task] */
static uint32_t ptrace_left_to_tell(const struct task *t)
{
	return t == t->group->leader && !group_is_over(t->group) ? WEXITED | WCONTINUED : WEXITED;
}

void ptrace_look(const struct child_query *q, struct child_event *e, bool *any)
{
	list_for_each(pos, &ptrace_all) {
		struct tracer *tr = container_of(pos, struct tracer, link);
		struct task *t = tr->task;

		if (tr->by->group != current->group || !ptrace_wait_matches(t, q) ||
		    ((q->options & __WNOTHREAD) != 0 && tr->by != current))
			continue;
		*any |= t->state != TASK_ZOMBIE || (q->options & ptrace_left_to_tell(t)) != 0;
		*e = (struct child_event){ .pid = t->tid, .uid = t->cred.uid, .time = t->time };
		if (t->state == TASK_ZOMBIE)
			look_at_ended(t, q, e);
		else if (t->state == TASK_TRACED && tr->stop != NULL)
			look_at_stopped(t, q, e);
		if (t->state != TASK_ZOMBIE && e->code == 0)
			look_at_continued(t, q, e);
		if (e->code != 0)
			return;
	}
	e->code = 0;
}
