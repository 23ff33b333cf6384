/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cputime.h - what processor time a process has used, and the clocks that count it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct task;

/*
 * Nanoseconds of processor time that T, that all threads of G living and
 * ended, have used up to now.
 */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/*
 * What the negative clock id CLOCK counts: the time of *T (THREAD) or of its process. False: there
 * is nobody by that id, or, for a thread, none of the current process. [pid_for_clock]
 */
bool cpu_clock_find(int clock, const struct task **t, bool *thread);
