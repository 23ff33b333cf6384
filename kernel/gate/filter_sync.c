/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter_sync.c - SECCOMP_FILTER_FLAG_TSYNC: gives the stack of one thread to all threads of its
 * process. Called by sys_seccomp.c: first it asks whether all can follow, then it attaches the
 * filter to the caller, then the others follow.
 *
 * There may be thousands of threads, so both walks let other tasks run, and threads run under the
 * older stack until it is their turn, as on Linux's other harts. Invariant: the caller holds
 * group.threads_lock from before the first walk until after the second. So no thread is added, none
 * changes its filters, none executes a program, and one that could follow still can. They may end.
 */
#include "filter.h"

#include "kassert.h"

/*
 * The filters of the current task's stack carry this number. So whether another thread's newest
 * filter is among them takes one look, not a walk.
 */
static uint64_t mark;

static void mark_stack(void)
{
	mark++;
	for (struct filter *f = current->filter; f != NULL; f = filter_of(f->node.prev))
		f->mark = mark;
}

#define SYNC_WORK (2 * SCHED_STEP) /* for one thread, as work for sched_worked() */

/*
 * Calls VISIT for each other thread of the current process that is not ending, for some of them
 * twice, until it returns false. Returns the id of the thread for which it did; 0: for none. Lets
 * other tasks run.
 */
static uint32_t visit_siblings(bool (*visit)(struct task *t))
{
	const struct group *g = current->group;
	struct list *link = g->threads.next;
	uint32_t worked = 0;

	KASSERT(g->threads_lock.taken);
	while (link != &g->threads) {
		struct task *t = container_of(link, struct task, thread);
		const uint32_t tid = t->tid;

		if (worked == 0)
			mark_stack(); /* again: a TSYNC of another process may have run meanwhile */
		if (t != current && !t->exiting && !visit(t))
			return tid;
		(void)sched_worked(&worked, SYNC_WORK);
		if (worked == 0 && (task_find(tid) != t || t->group != g))
			link = g->threads.next; /* T ended meanwhile: from the first one on */
		else
			link = link->next;
	}
	return 0;
}

/* May T get the current task's stack in place of its own? [is_ancestor] */
static bool can_follow(struct task *t)
{
	if (t->seccomp_mode == SECCOMP_MODE_FILTER)
		return t->filter->mark == mark;
	return t->seccomp_mode == SECCOMP_MODE_DISABLED;
}

static bool follow_current(struct task *t)
{
	KASSERT(t->filter == NULL || t->filter->mark == mark);
	filter_enter(t, current->filter);
	/*
	 * Without this, an unprivileged process could have a filter without no_new_privs: one
	 * thread would set it, install the filter for all threads, and end.
	 */
	if (current->no_new_privs)
		t->no_new_privs = true;
	filter_update_gate(t);
	return true;
}

uint32_t filter_sync_obstacle(void)
{
	return visit_siblings(can_follow);
}

void filter_sync(void)
{
	(void)visit_siblings(follow_current);
}
