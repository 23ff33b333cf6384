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
	struct timer *left, *right, *up; /* timer.c's, while it runs */
	uint32_t rank;
	uint64_t order;
	uint64_t deadline;
	bool realtime;		       /* the deadline is a time of CLOCK_REALTIME: setting that clock moves it */
	void (*fire)(struct timer *t); /* called with the timer stopped; may start it again; must not sleep */
};

void timer_init(struct timer *t, void (*fire)(struct timer *t));
void timer_start(struct timer *t, uint64_t deadline); /* starts it anew if it runs already */
void timer_stop(struct timer *t);
uint32_t timer_count(void); /* that run */
static inline bool timer_pending(const struct timer *t)
{
	return t->rank != 0;
}

/*
 * For time.c. timer_put(): as timer_start(), without an interrupt. timer_next(): the first
 * deadline, TIME_NEVER when no timer runs. timer_take(): stops a timer that is due at NOW, the
 * first one; NULL: none is. timers_shift(): what is set to a time of CLOCK_REALTIME comes BY
 * earlier, in ns, or later if that is negative.
 */
void timer_put(struct timer *t, uint64_t deadline);
uint64_t timer_next(void);
struct timer *timer_take(uint64_t now);
void timers_shift(uint64_t by);

/*
 * Sets CLOCK_REALTIME to NS, ns since 1970. False: that is earlier than the machine's start, and
 * nothing has changed.
 */
bool time_set_realtime(uint64_t ns);
/* Keeps settimeofday's time zone, two words of 32 bits, for gettimeofday. */
void time_set_zone(const int32_t zone[2]);
uint64_t time_zone(void);

/*
 * At boot, when the real-time clock is mapped: reads it, and lets programs read the counters.
 * BEGINS: time begins now, not when the machine began.
 */
void time_init(bool begins);
/* At boot: V is the page that the vDSO reads, whose clocks are right from now on. */
void time_publish(struct vvar *v);
/*
 * The timer interrupt: fires the timers that are due, ends the running task's turn, requests the
 * next interrupt.
 */
void time_interrupt(void);
/* When the current turn ends. */
extern uint64_t time_turn_end;
void time_begin_turns(void);
/* Makes the current turn end in at most NS. */
void time_end_turn_within(uint64_t ns);
/*
 * From now on turns end, which TICK (time_on_tick()) is told of. Called when a second task becomes
 * runnable, or when something must look at the clock again and again.
 */
static inline void time_start_turns(void)
{
	if (time_turn_end == TIME_NEVER)
		time_begin_turns();
}
/* At boot: TICK is what the timer interrupt calls at the end of a turn. */
void time_on_tick(void (*tick)(void));
