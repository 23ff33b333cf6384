/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched.c - the scheduler: wakes tasks, ends their turns (time slices), and switches between them.
 * runqueue.c says who is next; sleep.c has wait queues. There is one hart, and the kernel itself is
 * not preempted.
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

static struct task *ended;  /* a task that has ended and left its stack: the next one to run frees it */
static uint64_t turn_began; /* when the current task was last charged with its time */
static void (*on_tick)(void);
static bool (*on_free)(void);
uint64_t sched_idle_time;

#define GRAIN 1000000UL /* ns that a task runs at least before another takes its place */

/*
 * A task was woken that should preempt the current one: it does so at once if that has run for
 * GRAIN, else within GRAIN. Not inlined, to keep sched_wake() short for two tasks that send
 * messages to each other, which need not come here.
 */
static __attribute__((noinline)) void preempt_soon(void)
{
	if (time_now() - turn_began >= GRAIN)
		hart.work |= HART_RESCHED;
	else
		time_end_turn_within(GRAIN);
}

/*
 * Tasks that were woken but are not on the run queue yet, linked by `run`. One call may wake
 * thousands (a thundering herd), and to put them all on the run queue at once would hold up other
 * tasks. While there are any, HART_RESCHED stays set, and leads to wake_late().
 */
#define WOKEN_AT_ONCE 256U
static struct list late = LIST_INIT(late);
static uint32_t woken; /* tasks woken since the last chance to switch */

/* Puts T on the run queue. */
static inline void wake_now(struct task *t)
{
	if (runqueue_wake(t)) {
		if (t->rt_priority > current->rt_priority)
			hart.work |= HART_RESCHED;
		else
			preempt_soon();
	}
	time_start_turns();
}

void sched_wake(struct task *t)
{
	if (t->state == TASK_RUNNING)
		return;
	KASSERT(t->state != TASK_ZOMBIE && t->state != TASK_DEAD);
	t->state = TASK_RUNNING;
	if (++woken <= WOKEN_AT_ONCE || t->rt_priority != 0) {
		wake_now(t);
		return;
	}
	list_add_tail(&t->run, &late);
	hart_work_of_all |= HART_RESCHED;
	hart.work |= HART_RESCHED;
}

/* Moves some of the late tasks to the run queue. */
static __attribute__((noinline)) void wake_some(void)
{
	for (unsigned n = 0; n < WOKEN_AT_ONCE && !list_empty(&late); n++) {
		struct task *t = container_of(late.next, struct task, run);

		list_del(&t->run);
		wake_now(t);
	}
	if (list_empty(&late))
		hart_work_of_all &= ~(uint64_t)HART_RESCHED;
	else
		hart.work |= HART_RESCHED;
}

/*
 * Called before each switch. Serves interrupts, because thousands of tasks may wake, find nothing
 * to do and sleep again, and none of them gets to user mode, where interrupts would be taken.
 */
static inline void wake_late(void)
{
	woken = 0;
	irq_serve();
	if ((hart_work_of_all & HART_RESCHED) != 0)
		wake_some();
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

/* Switches from the current task to NEXT. Returns when the current task is switched to again. */
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

void sched_on_free(bool (*fn)(void))
{
	on_free = fn;
}

void sched_put_off(void)
{
	hart_work_of_all |= HART_FREE;
	hart.work |= HART_FREE;
}

/* Does a piece of the work that was put off; false: there is none. */
static bool free_piece(void)
{
	if ((hart_work_of_all & HART_FREE) == 0)
		return false;
	if (waitq_wake_late() || (on_free != NULL && on_free()))
		return true;
	hart_work_of_all &= ~(uint64_t)HART_FREE;
	hart.work &= ~(uint64_t)HART_FREE;
	return false;
}

/*
 * Waits until a task can run, and takes it. Not inlined, so that switch_to_next() has few registers
 * to save when a task is ready.
 */
static __attribute__((noinline)) struct task *idle_until_ready(void)
{
	struct task *next;

	while ((next = runqueue_take()) == NULL) {
		if (!free_piece())
			__asm__ volatile("wfi");
		sched_idle_time += end_turn(NULL);
		irq_serve();
	}
	return next;
}

/* Lets the task that is next run, whose place the current one may have to take again. */
static inline void switch_to_next(void)
{
	struct task *prev = current, *next;

	wake_late();
	next = runqueue_take();
	if (next == NULL)
		next = idle_until_ready();
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

/*
 * Puts the current task back on the run queue, and lets the task that is next run, which may be the
 * same. TO_END: it gives up the rest of its turn.
 */
static void sched_make_room(bool to_end)
{
	hart.work &= ~(uint64_t)HART_RESCHED;
	wake_late();
	if (runqueue_is_empty())
		return;
	KASSERT(current->state == TASK_RUNNING);
	end_turn(current);
	current->usage.preempted++;
	runqueue_put_back(to_end);
	time_start_turns();
	if (runqueue_has_several())
		time_end_turn_within(SHORT_TURN);
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
	if (current == NULL)
		return false;
	irq_serve();
	if (hart.work & HART_RESCHED)
		sched_preempt();
	return signal_pending_fatal();
}

void sched_free(void)
{
	while (free_piece())
		(void)sched_give_way();
}

void sched_on_tick(void (*fn)(void))
{
	on_tick = fn;
}

void sched_tick(void)
{
	if (on_tick != NULL)
		on_tick();
	if (runqueue_is_empty())
		return;
	hart.work |= HART_RESCHED;
	/*
	 * The task may sleep before HART_RESCHED is looked at: the next task's turn must end, too.
	 */
	time_start_turns();
}
