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
 * Called when SIGALRM was taken from G: the next interval begins only now, so that a slow program
 * is not flooded. [dequeue_signal]
 */
void itimer_signal_taken(struct group *g);

/*
 * Called by the tick: checks what the current process has set on processor time: ITIMER_VIRTUAL,
 * ITIMER_PROF, timers, RLIMIT_CPU.
 */
void itimer_tick(void);
