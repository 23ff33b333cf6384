/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_wait.c - wait4 and waitid: a parent collects its children's events. [kernel/exit.c of Linux]
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

static void look_at(struct group *g, const struct child_query *q, struct child_event *e)
{
	const bool take = !(q->options & WNOWAIT);

	*e = (struct child_event){ .pid = g->id, .uid = g->leader->cred.uid, .time = g->time + g->child_time };
	e->usage = g->usage;
	usage_add(&e->usage, &g->child_usage);
	if (group_is_over(g)) {
		if (!(q->options & WEXITED))
			return;
		e->status = g->exit_status;
		e->code = e->status & 0x7f ? (e->status & 0x80 ? CLD_DUMPED : CLD_KILLED) : CLD_EXITED;
		if (take)
			child_reap(g);
	} else if (g->stop.signal != 0 && !g->stop.reported && q->options & WSTOPPED) {
		e->status = g->stop.signal << 8 | 0x7f;
		e->code = CLD_STOPPED;
		if (take)
			g->stop.reported = true;
	} else if (g->stop.continued && q->options & WCONTINUED) {
		e->status = 0xffff;
		e->code = CLD_CONTINUED;
		if (take)
			g->stop.continued = false;
	}
}

static void (*look_at_tracees)(const struct child_query *q, struct child_event *e, bool *any);

void child_also_look(void (*look)(const struct child_query *q, struct child_event *e, bool *any))
{
	look_at_tracees = look;
}

/* Looks at all children once: an event, or code 0; *ANY: there is a child to wait for. */
static void look_at_children(const struct child_query *q, struct child_event *e, bool *any)
{
	*any = false;
	e->code = 0;
	list_for_each(link, &current->group->children) {
		struct group *g = container_of(link, struct group, sibling);

		if (!wait_matches(g, q))
			continue;
		*any = true;
		if (ptrace_hides_child(g)) /* its tracer collects it first */
			continue;
		look_at(g, q, e);
		if (e->code != 0)
			return;
	}
	if (look_at_tracees != NULL)
		look_at_tracees(q, e, any);
}

/*
 * Waits for an event: 0 with *E filled in (code 0: WNOHANG, and there is none), -ECHILD or
 * -ERESTARTSYS. [do_wait]
 */
static long child_wait(const struct child_query *q, struct child_event *e)
{
	struct waiter w;
	bool any;
	long err = 0;

	wait_begin(&current->group->child_event, &w);
	for (;;) {
		look_at_children(q, e, &any);
		if (e->code != 0) {
			err = 0; /* also when SIGCHLD has ended the sleep */
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

static int put_rusage(uint64_t urusage, const struct child_event *e)
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
	if (put_rusage(urusage, &e) != 0)
		return -EFAULT;
	return pidns_show(e.pid);
}

/* Finds the process behind the pidfd Q->id; none if it was waited for. */
static int take_pidfd(struct child_query *q, bool *nonblock)
{
	struct group *g;
	const int err = fd_process(q->id, &g, nonblock);

	q->type = P_PID;
	q->id = g != NULL ? g->id : 0;
	if (*nonblock)
		q->options |= WNOHANG;
	return err;
}

/* What Q->id means for a query of Q->type: 0 or -errno. [kernel_waitid_prepare] */
static int find_waited(struct child_query *q, bool *nonblock)
{
	*nonblock = false;
	switch (q->type) {
	case P_ALL:
		return 0;
	case P_PID:
		if ((int32_t)q->id <= 0)
			return -EINVAL;
		q->id = pidns_id(q->id);
		return 0;
	case P_PGID:
		if ((int32_t)q->id < 0)
			return -EINVAL;
		q->id = q->id == 0 ? current->group->pgid : pidns_id(q->id);
		return 0;
	case P_PIDFD:
		return (int32_t)q->id < 0 ? -EINVAL : take_pidfd(q, nonblock);
	default:
		return -EINVAL;
	}
}

/* E as waitid tells it; all of it is 0 when there is none. */
static int put_child_info(uint64_t to, const struct child_event *e)
{
	const bool exited = e->code == CLD_EXITED || e->code == CLD_STOPPED || e->code == CLD_TRAPPED;
	struct siginfo info;

	memset(&info, 0, sizeof(info));
	if (e->code != 0) {
		info.si_signo = SIGCHLD;
		info.si_code = e->code;
		info.si_child_pid = (int32_t)pidns_show(e->pid);
		info.si_child_uid = userns_show_uid(e->uid);
		info.si_status = (int32_t)(exited		      ? e->status >> 8
					   : e->code == CLD_CONTINUED ? SIGCONT
								      : e->status & 0x7f);
	}
	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : 0;
}

long sys_waitid(uint64_t type, uint64_t id, uint64_t uinfo, uint64_t options, uint64_t urusage)
{
	struct child_query q = { .type = (int)type, .id = (uint32_t)id, .options = (uint32_t)options };
	struct child_event e = { 0 };
	bool nonblock;
	long err;

	if (q.options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WALL | __WCLONE))
		return -EINVAL;
	if (!(q.options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	err = find_waited(&q, &nonblock);
	if (err == 0)
		err = child_wait(&q, &e);
	if (err == 0 && e.code == 0 && nonblock && !(options & WNOHANG))
		err = -EAGAIN;
	if (err != 0)
		return err;
	if (e.code != 0 && put_rusage(urusage, &e) != 0)
		return -EFAULT;
	return uinfo != 0 ? put_child_info(uinfo, &e) : 0;
}
