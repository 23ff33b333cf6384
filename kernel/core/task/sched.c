/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched.c - turns (time slices), sleeping, and the switch itself. runqueue.c says who is next.
 */
#include <abi/errno.h>

#include "fp.h"
#include "gate_table.h"
#include "irq.h"
#include "kassert.h"
#include "riscv.h"
#include "runqueue.h"
#include "task.h"
#include "time.h"
#include "vm.h"

/* boot/switch.S */
void context_switch(struct task *from, struct task *to);

static struct task *ended; /* a task that has ended and left its stack; to be freed */
static uint64_t turn_began;
static void (*on_tick)(void), (*on_free)(void);
uint64_t sched_idle_time;

#define GRAIN 1000000UL /* ns that a task runs at least before another takes its place */

/*
 * Another task may be due before the current one: now, or soon. A function of its own, which two
 * tasks that send each other messages do not come through.
 */
static __attribute__((noinline)) void preempt_soon(void)
{
	if (time_now() - turn_began >= GRAIN)
		hart.work |= HART_RESCHED;
	else
		time_end_turn_within(GRAIN);
}

void sched_wake(struct task *t)
{
	if (t->state == TASK_RUNNING)
		return;
	KASSERT(t->state != TASK_ZOMBIE && t->state != TASK_DEAD);
	t->state = TASK_RUNNING;
	if (runqueue_wake(t)) {
		if (t->rt_priority > current->rt_priority)
			hart.work |= HART_RESCHED;
		else
			preempt_soon();
	}
	time_start_turns();
}

uint64_t sched_current_time(void)
{
	return current->time + (time_now() - turn_began);
}

static void free_ended(void)
{
	struct task *t = ended;

	ended = NULL;
	KASSERT(t == NULL || (t != current && t->state == TASK_DEAD));
	if (t != NULL)
		task_free(t);
}

void sched_begin(void)
{
	free_ended();
}

/* Charges T (NULL: nobody) with the time since the last switch. Returns how much it was. */
static inline uint64_t end_turn(struct task *t)
{
	const uint64_t now = time_now(), passed = now - turn_began;

	turn_began = now;
	if (t != NULL) {
		t->time += passed;
		runqueue_charge(t, passed);
	}
	return passed;
}

static inline void switch_to(struct task *next)
{
	struct task *prev = current;

	KASSERT(next->state == TASK_RUNNING && list_empty(&next->run));
	KASSERT(next->mm == NULL || next->mm->refs != 0);
	KASSERT(prev->mm == NULL || hart.gate == prev->gate->entries);
	fp_save();
	current = next;
	hart.frame = (uint64_t)next->frame;
	hart.gate = next->gate->entries;
	hart.work = hart_work_of_all;
	task_publish();
	if (next->mm != NULL) {
		csr_write(satp, next->mm->satp); /* as mm_activate() does */
		tlb_flush();
	}
	fp_off();
	/* Signals that were pending before it slept are looked at on its way out. */
	if (signal_pending())
		hart.work |= HART_SIGNAL;
	context_switch(prev, next);
	free_ended();
}

static inline void switch_to_next(void)
{
	struct task *prev = current, *next;

	while ((next = runqueue_take()) == NULL) {
		__asm__ volatile("wfi");
		sched_idle_time += end_turn(NULL);
		irq_serve();
	}
	if (prev->state == TASK_DEAD) {
		free_ended();
		KASSERT(list_empty(&prev->all) && list_empty(&prev->hash) && list_empty(&prev->run));
		ended = prev;
	}
	if (next != prev)
		switch_to(next);
}

void sched_switch_away(void)
{
	KASSERT(current->state != TASK_RUNNING || !list_empty(&current->run));
	current->usage.slept++;
	end_turn(current);
	switch_to_next();
}

/* Makes the current task wait for its turn behind others; it comes back at once when it is next. */
static void sched_make_room(bool to_end)
{
	hart.work &= ~(uint64_t)HART_RESCHED;
	if (runqueue_is_empty())
		return;
	KASSERT(current->state == TASK_RUNNING);
	end_turn(current);
	current->usage.preempted++;
	runqueue_put_back(to_end);
	time_start_turns();
	if (runqueue_has_several())
		time_end_turn_within(2 * GRAIN);
	switch_to_next();
}

void sched_yield(void)
{
	sched_make_room(true);
}

void sched_preempt(void)
{
	sched_make_room(false);
}

bool sched_give_way(void)
{
	irq_serve();
	if (hart.work & HART_RESCHED)
		sched_preempt();
	return signal_pending_fatal();
}

void sched_on_free(void (*fn)(void))
{
	on_free = fn;
}

void sched_free(void)
{
	on_free();
}

void sched_on_tick(void (*fn)(void))
{
	on_tick = fn;
}

void sched_tick(void)
{
	if (on_tick != NULL)
		on_tick();
	if (!runqueue_is_empty())
		hart.work |= HART_RESCHED;
}

/* ---- sleeping ---- */

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
