/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.h - interval timers (setitimer) and the limit on processor time, and what processor time a process has used.
 */
#pragma once

#include <stdint.h>

struct group;
struct task;

/* Nanoseconds of processor time that T, that all threads of G living and ended, have used up to now. */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/* SIGALRM was taken from G: the next interval begins now, so that a slow program is not flooded. [dequeue_signal] */
void itimer_signal_taken(struct group *g);

/* From the tick: ITIMER_VIRTUAL, ITIMER_PROF and RLIMIT_CPU of the current process. */
void itimer_tick(void);
