/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runqueue.h - who waits for the processor, and who is next. For sched.c; what every
 * sleep passes through is inline.
 *
 * Users share the processor evenly, however many processes each has; of one user's
 * tasks those come first that slept. So a supervisor or a watchdog is heard beside any
 * number of processes that compute.
 *
 * A user's share counts what its tasks have used. The share that has used least is served; one that
 * was away is owed a quarter of a turn at most. Within a share a task that slept comes first, until
 * its turn is over. While others wait behind them, those in front get at most four turns in a row.
 *
 * Two shares are nobody's: real-time tasks (SCHED_FIFO, SCHED_RR) come before all others, by
 * priority, but for a twentieth of each second, and SCHED_IDLE's only when nobody else waits.
 *
 * Always: a task is on a list here if and only if it is TASK_RUNNING and not the current one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "kassert.h"
#include "task.h"

#define TURN 10000000UL /* ns: a task's time slice */

/*
 * A task waits in the share of its user, and a share where tasks wait, or whose task runs, is in
 * the list of shares. runqueue_only is that share when the list has no other, else NULL.
 */
struct share {
	struct list link;	   /* in the list of those where tasks wait or run; it is left when another comes in */
	struct list front, behind; /* tasks, by task.run */
	uint64_t used;		   /* ns */
	uint64_t front_from;	   /* `used` when one from behind was last taken */
};

/* The current task's share, when tasks wait in no other; NULL: they may. */
extern struct share *runqueue_only;

/* Boot: all that is running is BOOT. */
void runqueue_init(struct task *boot);
/* The current task is user UID's from now on. */
void runqueue_change_user(uint32_t uid);
/* T's policy or priority is another from now on. */
void runqueue_change_policy(struct task *t);
bool runqueue_is_empty(void);
/* Do tasks of other users wait, or may they? */
static inline bool runqueue_has_several(void)
{
	return runqueue_only == NULL;
}
/*
 * The current task waits to run on: for what is left of its turn, or, TO_END, for the next one,
 * with nothing owed to its user.
 */
void runqueue_put_back(bool to_end);

/* The same as runqueue_wake() and runqueue_take(), in all cases. */
bool runqueue_wake_any(struct task *t);
struct task *runqueue_take_any(void);

/* T, which slept or is new, waits for its turn. True: it may come before the current task. */
static inline bool runqueue_wake(struct task *t)
{
	struct share *s = t->share;

	KASSERT(t->state == TASK_RUNNING && list_empty(&t->run));
	if (!t->in_front || s != runqueue_only)
		return runqueue_wake_any(t);
	list_add_tail(&t->run, &s->front);
	return !current->in_front;
}

/* The next task to run, taken out; NULL: there is none. */
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

/* T ran for NS more. Turns are counted while somebody else of its user waits. */
static inline void runqueue_charge(struct task *t, uint64_t ns)
{
	struct share *s = t->share;

	KASSERT(t == current);
	s->used += ns;
	if (list_empty(&s->behind) && list_empty(&s->front))
		return;
	t->turn_left = t->turn_left > ns ? t->turn_left - ns : 0;
	t->in_front = t->in_front && t->turn_left >= TURN / 2;
}
