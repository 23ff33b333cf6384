/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleep.c - see wait.h: wait queues, and sleeping until something happens or a deadline passes.
 */
#include <abi/errno.h>

#include "kassert.h"
#include "task.h"
#include "time.h"

void wait_begin(struct waitq *q, struct waiter *w)
{
	KASSERT(current->state == TASK_RUNNING);
	w->task = current;
	list_add_tail(&w->link, &q->waiters);
}

void wait_notify(struct waitq *q, struct waiter *w, void (*notify)(struct waiter *w), void *data)
{
	KASSERT(notify != NULL);
	*w = (struct waiter){ .notify = notify, .data = data };
	list_add_tail(&w->link, &q->waiters);
}

static void wake_sleeper(struct task *t)
{
	t->look_again = true;
	if (t->state == TASK_SLEEPING)
		sched_wake(t);
}

void waitq_wake_waiters(struct waitq *q)
{
	list_for_each(link, &q->waiters) {
		struct waiter *w = container_of(link, struct waiter, link);

		KASSERT(w->task != NULL || w->notify != NULL);
		if (w->task != NULL)
			wake_sleeper(w->task);
		else
			w->notify(w);
	}
}

void waitq_wake_one(struct waitq *q)
{
	list_for_each(link, &q->waiters) {
		struct waiter *w = container_of(link, struct waiter, link);
		struct task *t = w->task;

		if (t == NULL) {
			w->notify(w);
		} else if (t->state == TASK_SLEEPING) {
			sched_wake(t);
			return;
		} else {
			t->look_again = true;
		}
	}
}

struct alarm {
	struct timer timer;
	struct task *task;
	bool fired;
};

static void alarm_fire(struct timer *t)
{
	struct alarm *a = container_of(t, struct alarm, timer);

	KASSERT(a->task->state != TASK_DEAD); /* the timer lies on its stack */
	a->fired = true;
	wake_sleeper(a->task);
}

static inline bool wait_interrupted(enum wait_how how)
{
	return how == WAIT_KILLABLE ? signal_pending_fatal() : signal_pending();
}

static inline int sleep_on(enum wait_how how)
{
	KASSERT(current->state == TASK_RUNNING && list_empty(&current->run));
	current->sleep_how = how;
	current->state = TASK_SLEEPING;
	sched_switch_away();
	return wait_interrupted(how) ? -EINTR : 0;
}

/* A function of its own, so that task_sleep() without a deadline has few registers to save. */
static __attribute__((noinline)) int sched_sleep_until(enum wait_how how, uint64_t deadline)
{
	struct alarm a = { .task = current, .fired = false };
	int err;

	/*
	 * The sleep ends as late as the task's timer slack allows. By then whoever is to wake it
	 * has had its turn. [hrtimer_set_expires_range_ns]
	 */
	if (deadline != 0 && deadline < TIME_NEVER - current->timer_slack && current->rt_priority == 0)
		deadline += current->timer_slack;
	if (deadline <= time_now())
		return -ETIMEDOUT;
	timer_init(&a.timer, alarm_fire);
	timer_start(&a.timer, deadline);
	err = sleep_on(how);
	timer_stop(&a.timer);
	return a.fired ? -ETIMEDOUT : err;
}

int task_sleep(enum wait_how how, uint64_t deadline)
{
	if (wait_interrupted(how))
		return -EINTR;
	return deadline == TIME_NEVER ? sleep_on(how) : sched_sleep_until(how, deadline);
}
