/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.h - sleeping until something happens: wait queues, deadlines and timers.
 *
 * One hart and a kernel that is never preempted: between two sleeps nothing else runs, so a condition
 * that was tested still holds when the task is put on the queue. Time is in nanoseconds since boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct task;

#define TIME_NEVER UINT64_MAX

uint64_t time_now(void);      /* since boot */
uint64_t time_realtime(void); /* since 1970: boot time from the RTC of the device tree, if there is one */

struct waitq {
	struct list waiters;
	uint32_t wakes; /* counted for edge-triggered epoll */
};

struct waiter {
	struct list link;
	struct task *task;
};

static inline void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
	q->wakes = 0;
}

/* Puts the current task, through *W (on its stack), on the queue; takes it off. A task may be on several. */
void wait_begin(struct waitq *q, struct waiter *w);
static inline void wait_end(struct waiter *w)
{
	list_del(&w->link);
}
/* Makes the task of W, if it sleeps, look again. */
void wait_wake(const struct waiter *w);

/* Makes every waiter of the queue runnable (it stays queued until its wait_end); or only the oldest one. */
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
int task_sleep(enum wait_how how, uint64_t deadline);

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

/* A function to call at a time, from the timer interrupt. */
struct timer {
	struct list link;
	uint64_t deadline;
	bool realtime;		       /* it stands for a time of CLOCK_REALTIME: setting that clock moves it */
	void (*fire)(struct timer *t); /* already off the list; may start it again; must not sleep */
};

void timer_init(struct timer *t, void (*fire)(struct timer *t));
void timer_start(struct timer *t, uint64_t deadline); /* again, when it runs already */
void timer_stop(struct timer *t);
static inline bool timer_pending(const struct timer *t)
{
	return !list_empty(&t->link);
}
