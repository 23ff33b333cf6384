/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.h - the parts of time.c that only the kernel's core uses; the rest is in wait.h.
 */
#pragma once

/* Boot: reads the real-time clock. */
void time_init(void);
/* The timer interrupt: fires what is due, ends the running task's turn, asks for the next interrupt. */
void time_interrupt(void);
/* From sched.c: a second task is runnable, so turns have an end. */
void time_start_turns(void);
