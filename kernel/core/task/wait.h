/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.h - sleeping until something happens: wait queues and deadlines.
 *
 * There is one hart, and the kernel is never preempted: between two sleeps nothing else runs. So a
 * condition that was tested still holds when the task is put on the queue.
 *
 * A waiter is on its queue from wait_begin() or wait_notify() to wait_end(), asleep or not. So a
 * queue is freed only when nobody is on it, and whatever wakes a task may find it awake already.
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
	void (*notify)(struct waiter *w); /* must neither sleep nor touch the queue */
	void *data;
	struct waitq *queue;
	bool exclusive; /* of those whose notify is called, and who are so, one that TOOK it is enough */
	bool took;	/* set by notify: whom it wakes will act on it */
};

/* Does a task on Q sleep? */
bool waitq_has_sleeper(const struct waitq *q);

/*
 * Puts the current task on the queue, through *W, which lies on its stack; takes it off. A task may
 * be on several queues.
 */
void wait_begin(struct waitq *q, struct waiter *w);
static inline void wait_end(struct waiter *w)
{
	list_del(&w->link);
}
/*
 * From now on until wait_end(), NOTIFY is called whenever the queue is woken. DATA is for its use.
 */
void wait_notify(struct waitq *q, struct waiter *w, void (*notify)(struct waiter *w), void *data);

/*
 * Wakes every waiter of the queue, which stays queued until its wait_end(); or only the oldest one.
 * Where there are thousands, some are woken later (sched_put_off()).
 */
void waitq_wake_waiters(struct waitq *q);
static inline void waitq_wake(struct waitq *q)
{
	if (!list_empty(&q->waiters))
		waitq_wake_waiters(q);
}
void waitq_wake_one(struct waitq *q);
/* For sched.c: wakes some of those that were left for later; false: there are none. */
bool waitq_wake_late(void);

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
