/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c - how threads and processes end, and what their parents are told. sys_wait.c collects what
 * remains.
 */
#include <abi/wait.h>

#include "child.h"
#include "events.h"
#include "kassert.h"
#include "panic.h"
#include "part.h"
#include "pidns.h"
#include "signal.h"
#include "tracer.h"
#include "vm.h"

/* Gives up the address space. If T was made by vfork, its parent goes on. */
static void release_memory(struct task *t, bool last)
{
	struct mm *mm = t->mm;

	(void)last;
	if (t->vfork_done != NULL) {
		waitq_wake(t->vfork_done);
		t->vfork_done = NULL;
	}
	t->mm = NULL;
	if (mm != NULL) {
		t->usage.peak_pages = mm_peak(mm);
		KASSERT(mm->refs != 0);
		mm_activate(NULL);
		mm_put(mm);
	}
}

const struct task_part memory_part = { .exit = release_memory };

void child_reap(struct group *g)
{
	struct task *leader = g->leader;

	KASSERT(group_is_over(g) && leader->state == TASK_ZOMBIE);
	if (g->parent != NULL) {
		g->parent->child_time += g->time + g->child_time;
		usage_add(&g->parent->child_usage, &g->usage);
		usage_add(&g->parent->child_usage, &g->child_usage);
	}
	task_remove(leader);
	if (leader == current)
		leader->state = TASK_DEAD; /* it is still on its stack: the next task frees it */
	else
		task_free(leader);
	group_free(g);
}

void child_ended(struct group *g)
{
	KASSERT(g->live == 0 && g->exiting);
	task_parts_group_over(g);
	if (g->leader->tracer != NULL) /* the tracer is told first, and the parent when the tracer has seen it */
		sigchld_tracee_ended(g->leader);
	else if (signal_group_ended(g))
		child_reap(g);
}

/*
 * Sends CHILD's process the signal that it asked for by PR_SET_PDEATHSIG: its parent ends.
 * [reparent_leader]
 */
static void tell_of_death(const struct task *child)
{
	const struct siginfo info = signal_info_user((int)child->parent_death_signal, SI_USER);

	(void)signal_send_group(child->group, &info);
}

/*
 * Gives the children of G, which is ending, to the nearest subreaper above it in their pid
 * namespace, or to the namespace's first process.
 */
static void give_children_away(struct group *g)
{
	struct group *heir = g->parent;

	while (heir != NULL && heir->leader->pidns == g->leader->pidns && !(heir->subreaper && heir->live > 0) &&
	       heir != group_init)
		heir = heir->parent;
	if (heir == NULL || heir->leader->pidns != g->leader->pidns)
		heir = pidns_reaper(g);
	KASSERT(heir != NULL && heir != g);
	group_for_each_child(c, g)
	{
		KASSERT(c->parent == g);
		list_del(&c->sibling);
		c->parent = heir;
		list_add_tail(&c->sibling, &heir->children);
		c->exit_signal = SIGCHLD;
		group_for_each_thread(t, c)
			if (t->parent_death_signal && t->state != TASK_ZOMBIE)
				tell_of_death(t);
		if (group_is_over(c))
			child_ended(c);
	}
}

static void last_thread_ends(struct group *g, uint32_t status)
{
	if (!g->exiting) {
		g->exiting = true;
		g->exit_status = status;
	}
	timer_stop(&g->real_timer);
	task_parts_group_ends(g);
	jobctl_group_exits(g);
	sigpending_flush(&g->pending);
	give_children_away(g);
}

_Noreturn void task_exit(uint32_t status)
{
	struct task *t = current;
	struct group *g = t->group;
	bool last;

	KASSERT(t->state == TASK_RUNNING && g->live != 0);
	if (g == group_init)
		panic("exit: pid 1 ends with status 0x%x", status);
	(void)sched_give_way(); /* many tasks that were killed may end one after another, none of them in user mode */
	tracer_event(PTRACE_EVENT_EXIT, status);
	t->exit_status = status;
	if (events != 0)
		event_ops->exit(status, g->live == 1);
	signal_task_exits();
	task_parts_exit(t, g->live == 1);
	sched_free();
	KASSERT(t->mm == NULL && t->files == NULL && t->fs == NULL && t->filter == NULL);
	sigpending_flush(&t->pending);
	if (t->sighand != NULL)
		sighand_put(t->sighand);
	t->sighand = NULL;
	last = --g->live == 0;
	KASSERT(t->pending.set == 0);
	g->time += sched_current_time();
	usage_add(&g->usage, &t->usage);
	if (last)
		last_thread_ends(g, status);
	KASSERT(list_empty(&t->run));
	t->state = TASK_ZOMBIE;
	if (t != g->leader && t->tracer == NULL) {
		task_remove(t);
		t->state = TASK_DEAD;
	}
	waitq_wake(&g->exec_event);
	if (t != g->leader && t->tracer != NULL)
		sigchld_tracee_ended(t);
	if (group_is_over(g))
		child_ended(g); /* may free the group; this thread's own memory is freed after the next switch */
	sched_switch_away();
	panic("exit: a task came back from the dead");
}

static bool (*write_core)(const struct siginfo *info);

void signal_on_core(bool (*fn)(const struct siginfo *info))
{
	write_core = fn;
}

void group_kill_others(struct group *g)
{
	group_for_each_thread(t, g) {
		if (t == current || t->state == TASK_ZOMBIE || t->state == TASK_DEAD)
			continue;
		signal_kill_thread(t);
	}
}

_Noreturn void group_exit(uint32_t status, const struct siginfo *core)
{
	struct group *g = current->group;

	if (g->exiting)
		status = g->exit_status;
	else if (g->exec == NULL || g->exec == current) {
		g->exiting = true;
		g->exit_status = status;
		if (core != NULL && write_core != NULL && write_core(core))
			g->exit_status = status |= WCOREFLAG;
		group_kill_others(g);
	}
	task_exit(status);
}
