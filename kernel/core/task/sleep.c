/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleep.c - wait queues, and sleeping until something happens or a deadline passes: see wait.h.
 */
#include <abi/errno.h>

#include "kassert.h"
#include "task.h"
#include "time.h"

void wait_begin(struct waitq *q, struct waiter *w)
{
	KASSERT(current->state == TASK_RUNNING);
	w->task = current;
	w->queue = q;
	list_add_tail(&w->link, &q->waiters);
}

void wait_notify(struct waitq *q, struct waiter *w, void (*notify)(struct waiter *w), void *data)
{
	KASSERT(notify != NULL);
	*w = (struct waiter){ .notify = notify, .data = data, .queue = q };
	list_add_tail(&w->link, &q->waiters);
}

static void wake_sleeper(struct task *t)
{
	t->look_again = true;
	if (t->state == TASK_SLEEPING)
		sched_wake(t);
}

/*
 * Waiters whose queue was woken, and who are still to be woken. A queue may have as many waiters as
 * memory holds (a thundering herd), and the caller may be unable to give way. Meanwhile they are on
 * this list instead of their queue.
 */
#define WAKES_AT_ONCE 1024U
static struct list late = LIST_INIT(late);
static uint32_t wakes;	  /* waiters that the call under way has woken */
static uint32_t notifies; /* how many notify functions are under way; what they wake counts for the same call */

/* Moves Q's waiters from FIRST on to `late`. */
static __attribute__((noinline)) void wake_later(struct waitq *q, struct list *first)
{
	struct list *const last = q->waiters.prev;

	first->prev->next = &q->waiters;
	q->waiters.prev = first->prev;
	first->prev = late.prev;
	late.prev->next = first;
	last->next = &late;
	late.prev = last;
	sched_put_off();
}

static void notify_waiter(struct waiter *w)
{
	KASSERT(w->notify != NULL);
	notifies++;
	w->notify(w);
	notifies--;
}

static void wake_waiter(struct waiter *w)
{
	if (w->task != NULL)
		wake_sleeper(w->task);
	else
		notify_waiter(w);
}

void waitq_wake_waiters(struct waitq *q)
{
	bool taken = false;

	if (notifies == 0)
		wakes = 0;
	list_for_each(link, &q->waiters) {
		struct waiter *w = container_of(link, struct waiter, link);

		if (++wakes > WAKES_AT_ONCE) {
			wake_later(q, link);
			return;
		}
		if (w->task == NULL && w->exclusive && taken)
			continue;
		wake_waiter(w);
		taken = taken || (w->task == NULL && w->took);
	}
}

bool waitq_wake_late(void)
{
	if (list_empty(&late))
		return false;
	notifies++;
	for (wakes = 0; wakes < WAKES_AT_ONCE && !list_empty(&late); wakes++) {
		struct waiter *w = container_of(late.next, struct waiter, link);

		list_del(&w->link);
		list_add_tail(&w->link, &w->queue->waiters);
		wake_waiter(w);
	}
	notifies--;
	return true;
}

void waitq_wake_one(struct waitq *q)
{
	if (notifies == 0)
		wakes = 0;
	list_for_each(link, &q->waiters) {
		struct waiter *w = container_of(link, struct waiter, link);
		struct task *t = w->task;

		if (++wakes > WAKES_AT_ONCE) {
			wake_later(q, link);
			return;
		}
		if (t == NULL) {
			notify_waiter(w);
		} else if (t->state == TASK_SLEEPING) {
			sched_wake(t);
			return;
		} else {
			t->look_again = true;
		}
	}
}

bool waitq_has_sleeper(const struct waitq *q)
{
	list_for_each(link, &q->waiters) {
		const struct task *t = container_of(link, struct waiter, link)->task;

		if (t != NULL && t->state == TASK_SLEEPING)
			return true;
	}
	return false;
}

/* The timer of a sleep with a deadline. */
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

/* Not inlined, so that task_sleep() without a deadline has few registers to save. */
static __attribute__((noinline)) int sched_sleep_until(enum wait_how how, uint64_t deadline)
{
	struct alarm a = { .task = current, .fired = false };
	int err;

	/*
	 * The sleep ends as late as the task's timer slack allows, because by then the task that
	 * is to wake it may have had its turn. [hrtimer_set_expires_range_ns]
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
