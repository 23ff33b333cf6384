/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_wait.c - wait4: a parent collects its children's events. [kernel/exit.c of Linux]
 */
#include <abi/errno.h>
#include <abi/resource.h>
#include <abi/wait.h>
#include <string.h>

#include "child.h"
#include "file.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "tracer.h"
#include "usercopy.h"
#include "userns.h"

static bool wait_matches(const struct group *g, const struct child_query *q)
{
	if (q->type == P_PID && g->id != q->id)
		return false;
	if (q->type == P_PGID && g->pgid != q->id)
		return false;
	/* A clone child is one whose end does not send SIGCHLD. */
	return q->options & __WALL || (g->exit_signal != SIGCHLD) == !!(q->options & __WCLONE);
}

/* Stores what Q may be told about G in E's code and status. Nothing: leaves E's code at 0. */
static void find_event(const struct group *g, const struct child_query *q, struct child_event *e)
{
	if (group_is_over(g)) {
		e->status = g->exit_status;
		e->code = e->status & 0x7f ? (e->status & 0x80 ? CLD_DUMPED : CLD_KILLED) : CLD_EXITED;
	} else if (g->stop.signal != 0 && !g->stop.reported && q->options & WSTOPPED) {
		e->status = g->stop.signal << 8 | 0x7f;
		e->code = CLD_STOPPED;
	} else if (g->stop.continued && q->options & WCONTINUED) {
		e->status = 0xffff;
		e->code = CLD_CONTINUED;
	}
}

void child_take(struct group *g, const struct child_event *e)
{
	current->group->child_time += e->time;
	usage_add(&current->group->child_usage, &e->usage);
	child_reap(g);
}

static void look_at(struct group *g, const struct child_query *q, struct child_event *e)
{
	find_event(g, q, e);
	if (e->code == 0)
		return;
	e->pid = g->id;
	e->uid = g->leader->cred.uid;
	e->time = g->time + g->child_time;
	e->usage = g->usage;
	usage_add(&e->usage, &g->child_usage);
	if (q->options & WNOWAIT)
		return;
	if (e->code == CLD_STOPPED)
		g->stop.reported = true;
	else if (e->code == CLD_CONTINUED)
		g->stop.continued = false;
	else
		child_take(g, e);
}

static void (*look_at_tracees)(const struct child_query *q, struct child_event *e, bool *any);

void child_also_look(void (*look)(const struct child_query *q, struct child_event *e, bool *any))
{
	look_at_tracees = look;
}

struct task *child_parent_thread(const struct task *child)
{
	struct group *parent = child->group->parent;
	struct task *t = task_find(child->parent_tid);

	if (t != NULL && t->group == parent && !task_has_ended(t))
		return t;
	group_for_each_thread(other, parent)
		if (!task_has_ended(other))
			return other;
	return NULL;
}

/* Looks at all children once: E's code is 0 if none has an event. *ANY: some child matches Q. */
static void look_at_children(const struct child_query *q, struct child_event *e, bool *any)
{
	*any = false;
	e->code = 0;
	list_for_each(link, &current->group->children) {
		struct group *g = container_of(link, struct group, sibling);

		if (!wait_matches(g, q) || (q->options & __WNOTHREAD && child_parent_thread(g->leader) != current))
			continue;
		if (ptrace_hides_child(g)) { /* its tracer collects it first */
			*any |= ptrace_is_reparented(g->leader);
			continue;
		}
		if (group_is_over(g) && !(q->options & WEXITED)) /* what else there was will not be any more */
			continue;
		*any = true;
		look_at(g, q, e);
		if (e->code != 0)
			return;
	}
	if (look_at_tracees != NULL)
		look_at_tracees(q, e, any);
}

long child_wait(const struct child_query *q, struct child_event *e)
{
	struct waiter w;
	bool any;
	long err = 0;

	wait_begin(&current->group->child_event, &w);
	for (;;) {
		look_at_children(q, e, &any);
		if (e->code != 0) {
			err = 0; /* also when SIGCHLD, with a handler, has ended the sleep */
			break;
		}
		if (!any)
			err = -ECHILD;
		if (err != 0 || q->options & WNOHANG)
			break;
		err = task_sleep(WAIT_INTERRUPTIBLE, TIME_NEVER) == -EINTR ? -ERESTARTSYS : 0;
	}
	wait_end(&w);
	return err;
}

int child_put_usage(uint64_t urusage, const struct child_event *e)
{
	struct rusage r;

	usage_to_rusage(&r, e->time, &e->usage);
	return urusage ? copy_to_user(urusage, &r, sizeof(r)) : 0;
}

long sys_wait4(uint64_t pid, uint64_t ustatus, uint64_t options, uint64_t urusage)
{
	const int32_t id = (int32_t)pid;
	struct child_query q = { .options = (uint32_t)options };
	struct child_event e;
	long err;

	if (q.options & ~(WNOHANG | WUNTRACED | WCONTINUED | __WNOTHREAD | __WALL | __WCLONE))
		return -EINVAL;
	if (id == INT32_MIN)
		return -ESRCH;
	q.type = id == -1 ? P_ALL : id > 0 ? P_PID : P_PGID;
	q.id = id == 0 ? current->group->pgid : pidns_id(id < 0 ? (uint32_t)-id : (uint32_t)id);
	q.options |= WEXITED;
	err = child_wait(&q, &e);
	if (err != 0 || e.code == 0)
		return err;
	if (ustatus && copy_to_user(ustatus, &e.status, sizeof(uint32_t)) != 0)
		return -EFAULT;
	if (child_put_usage(urusage, &e) != 0)
		return -EFAULT;
	return pidns_show(e.pid);
}
