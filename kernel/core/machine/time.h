/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.h - the clock, timers, and the turns (time slices) of tasks. Time is in nanoseconds since
 * boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct vvar;

#define TIME_NEVER UINT64_MAX

uint64_t time_now(void);      /* since boot */
uint64_t time_realtime(void); /* since 1970: boot time from the RTC of the device tree, if there is one */

/* A function that the timer interrupt calls at a given time. */
struct timer {
	struct timer *left, *right, *up; /* timer.c's, while the timer runs */
	uint32_t rank;
	uint64_t order;
	uint64_t deadline;	       /* ns since boot */
	void (*fire)(struct timer *t); /* called with the timer stopped; may start it again; must not sleep */
};

/* Makes *T a timer that does not run and calls FIRE. */
void timer_init(struct timer *t, void (*fire)(struct timer *t));
/* Starts T, anew if it runs already: it fires at DEADLINE, or as soon as possible after it. */
void timer_start(struct timer *t, uint64_t deadline);
/* Stops T, if it runs. */
void timer_stop(struct timer *t);
uint32_t timer_count(void); /* how many timers run, for the leak check */
/* Does T run? */
static inline bool timer_pending(const struct timer *t)
{
	return t->rank != 0;
}

/*
 * For time.c. timer_put(): timer_start() without the request of an interrupt. timer_next(): the
 * earliest deadline; TIME_NEVER if no timer runs. timer_take(): stops and returns the earliest
 * timer if it is due at NOW; NULL: none is due.
 */
void timer_put(struct timer *t, uint64_t deadline);
uint64_t timer_next(void);
struct timer *timer_take(uint64_t now);

/*
 * Sets CLOCK_REALTIME to NS, in ns since 1970. False: nothing has changed, because boot would then
 * have been before 1970. Who has timers that wait for a time of this clock must start them anew.
 */
bool time_set_realtime(uint64_t ns);
/* What CLOCK_REALTIME was when time_now() was 0. */
uint64_t time_boot_realtime(void);
/* Keeps settimeofday's time zone, two words of 32 bits, for gettimeofday. */
void time_set_zone(const int32_t zone[2]);
uint64_t time_zone(void);

/*
 * At boot, when the real-time clock is mapped: reads it, and lets programs read the counters.
 * BEGINS: time_now() is 0 now, and not when the machine began: this is not the first row of the
 * boot.
 */
void time_init(bool begins);
/*
 * At boot: V is the page [vvar], which the vDSO reads. It is filled in, and kept up to date from
 * now on.
 */
void time_publish(struct vvar *v);
/*
 * The timer interrupt: fires the timers that are due, ends the running task's turn, requests the
 * next interrupt.
 */
void time_interrupt(void);
/* When the current turn ends; TIME_NEVER: it does not end. */
extern uint64_t time_turn_end;
/* A turn begins now, and ends after 10 ms. */
void time_begin_turns(void);
/* Makes the current turn end in at most NS. */
void time_end_turn_within(uint64_t ns);
/* Takes NS off the budget: they passed while a device was waited for. */
void time_spare(uint64_t ns);
/*
 * Begins a turn unless one is under way that ends. Called when a second task becomes runnable, or
 * when something must be looked at again soon.
 */
static inline void time_start_turns(void)
{
	if (time_turn_end == TIME_NEVER)
		time_begin_turns();
}
/* At boot: TICK is what the timer interrupt calls at the end of a turn. */
void time_on_tick(void (*tick)(void));
