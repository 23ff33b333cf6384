/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.h - sleeping until something happens: wait queues and deadlines.
 *
 * There is one hart, and the kernel is not preempted: between two places where a task gives way
 * nothing else runs. So no wake-up is lost between the test of a condition and the sleep.
 *
 * A waiter is on its queue from wait_begin() or wait_notify() to wait_end(), asleep or not. So a
 * queue may be freed only when nobody is on it, and whatever wakes a task may find it awake
 * already.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "list.h"
#include "time.h"
#include "waitq.h"

struct task;

struct waiter {
	struct list link;
	struct task *task;		  /* the task to wake; NULL: notify is called instead */
	void (*notify)(struct waiter *w); /* must neither sleep nor change the queue */
	void *data;			  /* for notify's use */
	struct waitq *queue;
	/*
	 * Against the thundering herd (EPOLLEXCLUSIVE): of the exclusive waiters with a notify, no
	 * more are notified once one has set `took`, because what it wakes will act.
	 */
	bool exclusive;
	bool took;
};

/* Does a task sleep on Q? */
bool waitq_has_sleeper(const struct waitq *q);

/*
 * wait_begin() puts the current task on Q, through *W, which may lie on its stack; wait_end() takes
 * it off. A task may be on several queues.
 */
void wait_begin(struct waitq *q, struct waiter *w);
static inline void wait_end(struct waiter *w)
{
	list_del(&w->link);
}
/* Puts *W on Q: until wait_end(), NOTIFY is called whenever Q is woken. DATA is for its use. */
void wait_notify(struct waitq *q, struct waiter *w, void (*notify)(struct waiter *w), void *data);

/*
 * waitq_wake() wakes every waiter of Q; waitq_wake_one() wakes the first task that sleeps on it.
 * All stay on Q until their wait_end(). If there are thousands, some are woken later
 * (sched_put_off()).
 */
void waitq_wake_waiters(struct waitq *q);
static inline void waitq_wake(struct waitq *q)
{
	if (!list_empty(&q->waiters))
		waitq_wake_waiters(q);
}
void waitq_wake_one(struct waitq *q);
/* For sched.c: wakes some of the waiters that were left for later; false: there are none. */
bool waitq_wake_late(void);

enum wait_how {
	WAIT_INTERRUPTIBLE, /* any signal that is not blocked ends it */
	WAIT_KILLABLE,	    /* only a fatal one does */
};

/*
 * Sleeps until the current task is woken, a signal comes (HOW), or DEADLINE, in ns since boot
 * (TIME_NEVER: none; 0: at once). Returns 0 (woken: test the condition again), -EINTR or
 * -ETIMEDOUT.
 */
[[nodiscard]] int task_sleep(enum wait_how how, uint64_t deadline);

/* Waits on Q until COND holds: 0, -EINTR or -ETIMEDOUT. */
#define wait_event(q, cond, how, deadline)                    \
	({                                                    \
		struct waiter waiter_;                        \
		int err_ = 0;                                 \
		wait_begin((q), &waiter_);                    \
		while (!(cond)) {                             \
			err_ = task_sleep((how), (deadline)); \
			if (err_ != 0)                        \
				break;                        \
		}                                             \
		wait_end(&waiter_);                           \
		(cond) ? 0 : err_;                            \
	})
