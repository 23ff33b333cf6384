/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cputime.h - the processor time that a process has used, and the clocks that show it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct task;

/*
 * The processor time in ns that T has used up to now; that all threads of G have used, those that
 * have ended, too.
 */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/*
 * Finds whose time the negative clock id CLOCK shows: that of the thread *T, if *THREAD; else that
 * of the process of *T. False: there is no such task, or a thread is not of the current process.
 * [pid_for_clock]
 */
bool cpu_clock_find(int clock, const struct task **t, bool *thread);
