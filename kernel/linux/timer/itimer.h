/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.h - interval timers (setitimer) and the limit on processor time, and what
 * processor time a process has used.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct task;

/*
 * SIGALRM was taken from G: the next interval begins now, so that a slow program is not flooded.
 * [dequeue_signal]
 */
void itimer_signal_taken(struct group *g);

/*
 * From the tick: whatever the current process has on processor time: ITIMER_VIRTUAL,
 * ITIMER_PROF, timers, RLIMIT_CPU.
 */
void itimer_tick(void);
