/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c - ends threads and processes, gives their children to others, and has their parents told.
 * sys_wait.c collects what remains. Called by exit(2), signals, filters that kill, and execve.
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

/* Gives up T's address space, and wakes the parent whom vfork has suspended until now. */
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
	task_parts_group(g, GROUP_OVER);
	if (g->leader->tracer != NULL) /* the tracer is told first; the parent, when the tracer has waited for it */
		sigchld_tracee_ended(g->leader);
	else if (signal_group_ended(g))
		child_reap(g);
}

/*
 * Called for a thread CHILD whose parent ends: sends its process the signal that CHILD has chosen
 * by PR_SET_PDEATHSIG. [reparent_leader]
 */
static void tell_of_death(const struct task *child)
{
	const struct siginfo info = signal_info_user((int)child->parent_death_signal, SI_USER);

	(void)signal_send_group(child->group, &info);
}

/*
 * The process that adopts G's children: the nearest subreaper above G in its pid namespace, or the
 * first process of that. [find_new_reaper]
 */
static struct group *heir_of(const struct group *g)
{
	struct group *heir = g->parent;

	while (heir != NULL && heir->leader->pidns == g->leader->pidns && !(heir->subreaper && heir->live > 0) &&
	       heir != group_init)
		heir = heir->parent;
	if (heir == NULL || heir->leader->pidns != g->leader->pidns)
		heir = pidns_reaper(g);
	KASSERT(heir != NULL && heir != g);
	return heir;
}

#define CHILD_WORK (16 * SCHED_STEP)

/* Gives the children of G, which is ending, to its heir. */
static void give_children_away(struct group *g)
{
	uint32_t worked = 0;

	while (!list_empty(&g->children)) {
		struct group *c = container_of(g->children.next, struct group, sibling);

		KASSERT(c->parent == g);
		list_del(&c->sibling);
		c->parent = heir_of(g);
		list_add_tail(&c->sibling, &c->parent->children);
		c->exit_signal = SIGCHLD;
		group_for_each_thread(t, c)
			if (t->parent_death_signal && t->state != TASK_ZOMBIE)
				tell_of_death(t);
		if (group_is_over(c))
			child_ended(c);
		(void)sched_worked(&worked, CHILD_WORK);
	}
}

#define KILLED_AT_ONCE 256U

/* Kills T, unless it is BUT or has ended. True: T was killed. */
static bool kill_one(struct task *t, const struct task *but)
{
	if (t == but || t->state == TASK_ZOMBIE || t->state == TASK_DEAD)
		return false;
	signal_kill_thread(t);
	return true;
}

/*
 * Kills at most KILLED_AT_ONCE of the threads of G that are still to be killed (g->to_kill),
 * without BUT. Threads that were looked at move to the end of the list.
 */
static void kill_some(struct group *g, const struct task *but)
{
	for (unsigned killed = 0; killed < KILLED_AT_ONCE && g->to_kill != 0; g->to_kill--) {
		struct task *t = container_of(g->threads.next, struct task, thread);

		list_del(&t->thread);
		list_add_tail(&t->thread, &g->threads);
		killed += kill_one(t, but);
	}
}

/*
 * Real-time threads are all killed at once: one that went on running could keep all other tasks
 * from running (starvation), also those that are to kill it.
 */
void group_kill(struct group *g, const struct task *but)
{
	g->to_kill = 0;
	group_for_each_thread(t, g) {
		g->to_kill++;
		if (t->rt_priority != 0)
			(void)kill_one(t, but);
	}
	kill_some(g, but);
}

/* Gives up what belongs to G as a whole, when its last thread ends with STATUS. */
static void last_thread_ends(struct group *g, uint32_t status)
{
	if (!g->exiting) {
		g->exiting = true;
		g->exit_status = status;
	}
	timer_stop(&g->real_timer);
	task_parts_group(g, GROUP_ENDS);
	jobctl_group_exits(g);
	give_children_away(g);
	sigpending_flush(&g->pending);
}

_Noreturn void task_exit(uint32_t status)
{
	struct task *t = current;
	struct group *g = t->group;

	KASSERT(t->state == TASK_RUNNING && g->live != 0);
	if (g == group_init)
		panic("exit: pid 1 ends with status 0x%x", status);
	(void)sched_give_way(); /* thousands of killed tasks may end one after another, and none gets to user mode */
	kill_some(g, g->exec);
	tracer_event(PTRACE_EVENT_EXIT, status);
	t->exit_status = status;
	if (events != 0)
		event_ops->exit(status, g->live == 1);
	signal_task_exits();
	task_parts_exit(t, g->live == 1);
	sched_free();
	KASSERT(t->mm == NULL && t->files == NULL && t->fs == NULL && t->filter == NULL);
	if (g->live == 1)
		last_thread_ends(g, status);
	sigpending_flush(&t->pending);
	if (t->sighand != NULL)
		sighand_put(t->sighand);
	t->sighand = NULL;
	KASSERT(t->pending.set == 0);
	g->live--;
	g->time += sched_current_time();
	usage_add(&g->usage, &t->usage);
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
		child_ended(g); /* may free the group, but not this thread, which is freed after the next switch */
	sched_switch_away();
	panic("exit: a task came back from the dead");
}

char core_pattern[CORE_PATTERN_SIZE] = "core";
uint32_t core_uses_pid;
static bool (*write_core)(const struct siginfo *info);

void signal_on_core(bool (*fn)(const struct siginfo *info))
{
	write_core = fn;
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
		group_kill(g, current);
	}
	task_exit(status);
}
