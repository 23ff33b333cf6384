/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c - how threads and processes end, and what the parent is told. wait.c collects what remains.
 */
#include "child.h"
#include "events.h"
#include "file.h"
#include "filter.h"
#include "fs.h"
#include "futex.h"
#include "gate.h"
#include "page.h"
#include "pidns.h"
#include "panic.h"
#include "posix_timer.h"
#include "ptrace.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

/* Gives up all that a thread holds but its id, its status and its place in the group. */
static void release_parts(struct task *t)
{
	struct mm *mm = t->mm;

	if (t->vfork_done) {
		waitq_wake(t->vfork_done);
		t->vfork_done = NULL;
	}
	if (mm && t->robust_list)
		futex_exit_robust(t->robust_list);
	if (t->clear_child_tid && mm && mm->refs > 1)
		futex_clear_tid(t->clear_child_tid);
	filter_release(t);
	if (t->files)
		files_put(t->files);
	if (t->fs)
		fs_put(t->fs);
	t->files = NULL;
	t->fs = NULL;
	t->mm = NULL;
	if (mm) {
		t->usage.peak_pages = mm_peak(mm);
		mm_activate(NULL);
		mm_put(mm);
	}
	sigpending_flush(&t->pending);
}

/* PR_SET_PDEATHSIG, to the process, from the one that ends. [reparent_leader] */
static void tell_of_death(const struct task *child)
{
	const struct siginfo info = signal_info_user((int)child->parent_death_signal, SI_USER);

	(void)signal_send_group(child->group, &info);
}

/* Children of a process that ends go to the nearest subreaper above in its pid namespace, or to that's first process. */
static void give_children_away(struct group *g)
{
	struct group *heir = g->parent;

	while (heir && heir->leader->pidns == g->leader->pidns && !(heir->subreaper && heir->live > 0) &&
	       heir != group_init)
		heir = heir->parent;
	if (!heir || heir->leader->pidns != g->leader->pidns)
		heir = pidns_reaper(g);
	group_for_each_child(c, g)
	{
		list_del(&c->sibling);
		c->parent = heir;
		list_add_tail(&c->sibling, &heir->children);
		c->exit_signal = SIGCHLD;
		group_for_each_thread(t, c)
			if (t->parent_death_signal && t->state != TASK_ZOMBIE)
				tell_of_death(t);
		if (ptrace_group_is_over(c))
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
	posix_timers_drop(g);
	jobctl_group_exits(g);
	sigpending_flush(&g->pending);
	give_children_away(g);
}

_Noreturn void task_exit(uint32_t status)
{
	struct task *t = current;
	struct group *g = t->group;
	bool last;

	if (g == group_init)
		panic("exit: pid 1 ends with status 0x%x", status);
	ptrace_event(PTRACE_EVENT_EXIT, status);
	t->exit_status = status;
	if (events != 0)
		event_exit(status, g->live == 1);
	signal_task_exits();
	ptrace_tracer_exits(t);
	if (g->live == 1)
		pidns_group_ends(g);
	release_parts(t);
	if (t->sighand)
		sighand_put(t->sighand);
	t->sighand = NULL;
	last = --g->live == 0;
	g->time += sched_current_time();
	usage_add(&g->usage, &t->usage);
	if (last)
		last_thread_ends(g, status);
	t->state = TASK_ZOMBIE;
	if (t != g->leader && !t->tracer) {
		task_remove(t);
		t->state = TASK_DEAD;
	}
	waitq_wake(&g->exec_event);
	if (t != g->leader && t->tracer)
		sigchld_tracee_ended(t);
	if (ptrace_group_is_over(g))
		child_ended(g); /* may free the group; this thread's own memory goes with the next switch */
	sched_switch_away();
	panic("exit: a task came back from the dead");
}

void group_kill_others(struct group *g)
{
	group_for_each_thread(t, g) {
		if (t == current || t->state == TASK_ZOMBIE || t->state == TASK_DEAD)
			continue;
		signal_kill_thread(t);
	}
}

_Noreturn void group_exit(uint32_t status)
{
	struct group *g = current->group;

	if (g->exiting)
		status = g->exit_status;
	else if (!g->exec || g->exec == current) {
		g->exiting = true;
		g->exit_status = status;
		group_kill_others(g);
	}
	task_exit(status);
}
