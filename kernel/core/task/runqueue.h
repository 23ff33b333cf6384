/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runqueue.h - the run queue: the tasks that wait for the processor, and which one is next. For
 * sched.c. The short paths, which every sleep takes, are inline.
 *
 * Users share the processor evenly (fair share), however many processes each of them has. Of one
 * user's tasks those that have slept come first. So a supervisor or a watchdog is served beside any
 * number of processes that compute.
 *
 * A user's share counts the time that its tasks have used. The share that has used least is served
 * next. One that had no task to run for a while gets at most a quarter of a turn for it. Within a
 * share turns are as long as niceness says, and a task that has slept waits at the front, until its
 * turn is over. While others wait behind them, tasks at the front get at most four turns in a row.
 *
 * Two shares belong to no user. Real-time tasks (SCHED_FIFO, SCHED_RR) come before all others, by
 * priority, but for a twentieth of each second. SCHED_IDLE's tasks run when no other waits, and
 * besides for 2 ms of each 683, so that they can be ended.
 *
 * Invariant: a task is on a list here if and only if it is TASK_RUNNING and not the current one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "kassert.h"
#include "task.h"

#define TURN 10000000UL	      /* ns: a task's time slice */
#define TURN_LEAST (1L << 20) /* ns: what is left of a turn is given up below this */
#define SHORT_TURN 2000000UL  /* ns: while tasks of several shares wait */

/*
 * A task waits in its user's share. A share with a task that waits or runs is in the list of
 * shares; if it is the only one there, runqueue_only is that share, else NULL.
 */
struct share {
	struct list link;	   /* in the list of shares, where it stays until another share is added */
	struct list front, behind; /* waiting tasks, linked by task.run */
	uint64_t used;		   /* ns that its tasks have used */
	uint64_t front_from;	   /* `used` when a task of `behind` was last taken */
};

/* The current task's share, if tasks wait in no other; NULL: they may. */
extern struct share *runqueue_only;

/* At boot: BOOT is the only task, and is running. */
void runqueue_init(struct task *boot);
/* The current task belongs to user UID from now on. */
void runqueue_change_user(uint32_t uid);
/* T's policy or priority has changed. */
void runqueue_change_policy(struct task *t);
/* Does no task wait that could run now? */
bool runqueue_is_empty(void);
/* May tasks of several shares be waiting or running? */
static inline bool runqueue_has_several(void)
{
	return runqueue_only == NULL;
}
/*
 * Puts the current task back among those that wait: for the rest of its turn or, TO_END (it
 * yields), for its next turn. With TO_END, another user's task that waits comes first, even if the
 * current task's share has used less.
 */
void runqueue_put_back(bool to_end);

/* The general cases of runqueue_wake() and runqueue_take(). */
bool runqueue_wake_any(struct task *t);
struct task *runqueue_take_any(void);

/* Makes T, which slept or is new, wait for its turn. True: it should preempt the current task. */
static inline bool runqueue_wake(struct task *t)
{
	struct share *s = t->share;

	KASSERT(t->state == TASK_RUNNING && list_empty(&t->run));
	if (!t->in_front || s != runqueue_only)
		return runqueue_wake_any(t);
	list_add_tail(&t->run, &s->front);
	return !current->in_front;
}

/* Takes out the next task to run; NULL: there is none. */
static inline struct task *runqueue_take(void)
{
	const struct share *s = runqueue_only;
	struct list *link;

	if (s == NULL || list_empty(&s->front) || !list_empty(&s->behind))
		return runqueue_take_any();
	link = s->front.next;
	KASSERT(container_of(link, struct task, run)->share == s);
	list_del(link);
	return container_of(link, struct task, run);
}

/* Charges T with NS of time. Turns are counted only while another task of its user waits. */
static inline void runqueue_charge(struct task *t, uint64_t ns)
{
	struct share *s = t->share;

	KASSERT(t == current);
	s->used += ns;
	if (list_empty(&s->behind) && list_empty(&s->front))
		return;
	t->turn_left -= (int64_t)ns;
	t->in_front = t->in_front && t->turn_left >= (int64_t)TURN / 2;
}
