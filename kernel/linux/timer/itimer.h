/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.h - interval timers (setitimer) and the limit on processor time, and what processor time a process
 * has used.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct task;

/* Nanoseconds of processor time that T, that all threads of G living and ended, have used up to now. */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/*
 * What the negative clock id CLOCK counts: the time of *T (THREAD) or of its process. False: there is nobody
 * by that id, or, for a thread, none of the current process. [pid_for_clock]
 */
bool cpu_clock_find(int clock, const struct task **t, bool *thread);

/*
 * SIGALRM was taken from G: the next interval begins now, so that a slow program is not flooded.
 * [dequeue_signal]
 */
void itimer_signal_taken(struct group *g);

/*
 * From the tick: whatever the current process has on processor time: ITIMER_VIRTUAL, ITIMER_PROF, timers,
 * RLIMIT_CPU.
 */
void itimer_tick(void);
