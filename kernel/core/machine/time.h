/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.h - the clock, timers, and the turns of tasks. Time is in nanoseconds since boot.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct vvar;

#define TIME_NEVER UINT64_MAX

uint64_t time_now(void);      /* since boot */
uint64_t time_realtime(void); /* since 1970: boot time from the RTC of the device tree, if there is one */

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

/*
 * CLOCK_REALTIME shows NS now, ns since 1970; false: that is earlier than the
 * machine's start, and nothing changed.
 */
bool time_set_realtime(uint64_t ns);
/* settimeofday's zone, kept for gettimeofday: two words of 32 bits. */
void time_set_zone(const int32_t zone[2]);
uint64_t time_zone(void);

/*
 * Boot, when the real-time clock is mapped: reads it; programs may read the counters. BEGINS: time
 * begins now, not when the machine began.
 */
void time_init(bool begins);
/* Boot: V is the page that the vDSO reads; the clocks in it are right from now on. */
void time_publish(struct vvar *v);
/*
 * The timer interrupt: fires what is due, ends the running task's turn,
 * asks for the next interrupt.
 */
void time_interrupt(void);
/* When the turn that goes on ends. */
extern uint64_t time_turn_end;
void time_begin_turns(void);
/* The turn that goes on ends in at most NS. */
void time_end_turn_within(uint64_t ns);
/*
 * A second task is runnable, or something must look at the clock again and again: turns
 * have an end, which comes as TICK.
 */
static inline void time_start_turns(void)
{
	if (time_turn_end == TIME_NEVER)
		time_begin_turns();
}
/* Boot: TICK is called, from the timer interrupt, at the end of a turn. */
void time_on_tick(void (*tick)(void));
