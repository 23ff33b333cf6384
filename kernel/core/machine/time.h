/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.h - the parts of time.c that only the kernel's core uses; the rest is in wait.h.
 */
#pragma once

#include "wait.h"

struct vvar;

/* CLOCK_REALTIME shows NS now, ns since 1970; false: that is earlier than the machine's start, and nothing changed. */
bool time_set_realtime(uint64_t ns);
/* settimeofday's zone, kept for gettimeofday: two words of 32 bits. */
void time_set_zone(const int32_t zone[2]);
uint64_t time_zone(void);

/* Boot: reads the real-time clock; programs may read the counters. */
void time_init(void);
/* Boot: V is the page that the vDSO reads; the clocks in it are right from now on. */
void time_publish(struct vvar *v);
/* The timer interrupt: fires what is due, ends the running task's turn, asks for the next interrupt. */
void time_interrupt(void);
/* From sched.c: a second task is runnable, so turns have an end. */
extern uint64_t time_turn_end;
void time_begin_turns(void);
/* The turn that goes on ends in at most NS. */
void time_end_turn_within(uint64_t ns);
static inline void time_start_turns(void)
{
	if (time_turn_end == TIME_NEVER)
		time_begin_turns();
}
