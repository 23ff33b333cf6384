/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.h - sleeping until something happens: wait queues and deadlines.
 *
 * One hart and a kernel that is never preempted: between two sleeps nothing else runs, so a
 * condition that was tested still holds when the task is put on the queue.
 *
 * A waiter stands on its queue from wait_begin() or wait_notify() to wait_end(), asleep or not. So
 * a queue is freed only when nobody stands on it, and what wakes a task may find it awake already.
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
	struct task *task;		  /* to be woken; NULL: somebody else is to be told */
	void (*notify)(struct waiter *w); /* then: must not sleep, nor touch the queue */
	void *data;
};

/*
 * Puts the current task, through *W (on its stack), on the queue; takes it
 * off. A task may be on several.
 */
void wait_begin(struct waitq *q, struct waiter *w);
static inline void wait_end(struct waiter *w)
{
	list_del(&w->link);
}
/* NOTIFY is called whenever the queue is woken, until wait_end(); DATA is its own. */
void wait_notify(struct waitq *q, struct waiter *w, void (*notify)(struct waiter *w), void *data);
/* Makes the task of W, if it sleeps, look again. */
void wait_wake(const struct waiter *w);

/*
 * Makes every waiter of the queue runnable (it stays queued until its
 * wait_end); or only the oldest one.
 */
void waitq_wake_waiters(struct waitq *q);
static inline void waitq_wake(struct waitq *q)
{
	q->wakes++;
	if (!list_empty(&q->waiters))
		waitq_wake_waiters(q);
}
void waitq_wake_one(struct waitq *q);

enum wait_how {
	WAIT_INTERRUPTIBLE, /* any signal that is not blocked ends it */
	WAIT_KILLABLE,	    /* only a fatal one does */
};

/*
 * Gives up the processor until woken, interrupted, or DEADLINE (TIME_NEVER: none).
 * Returns 0 (woken: test the condition again), -EINTR or -ETIMEDOUT.
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
