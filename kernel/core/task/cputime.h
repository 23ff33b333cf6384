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
 * The processor time in ns that T has used up to now; that all threads of G, living and ended, have
 * used.
 */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/*
 * Whose time the negative clock id CLOCK shows: that of the thread *T (*THREAD) or of its process.
 * False: there is nobody by that id or, for a thread, it is not of the current process.
 * [pid_for_clock]
 */
bool cpu_clock_find(int clock, const struct task **t, bool *thread);
