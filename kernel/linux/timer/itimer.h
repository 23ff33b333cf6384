/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.h - interval timers (setitimer) and the limit on processor time.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct task;

/*
 * Called when the current task has taken a SIGALRM that was sent to its process G: starts the next
 * interval of ITIMER_REAL. Not earlier, so that a slow program is not flooded. [dequeue_signal]
 */
void itimer_signal_taken(struct group *g);

/*
 * Called by the tick: checks all that depends on the processor time of the current process:
 * ITIMER_VIRTUAL, ITIMER_PROF, timers of timer_create(2), RLIMIT_CPU. [run_posix_cpu_timers]
 */
void itimer_tick(void);
