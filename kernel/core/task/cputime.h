/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cputime.h - the processor time that a process has used, and the clocks that show it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct cpu_shown;
struct group;
struct task;

/*
 * The processor time in ns that T has used up to now; that all threads of G have used, those that
 * have ended, too.
 */
uint64_t task_cpu_time(const struct task *t);
uint64_t group_cpu_time(const struct group *g);

/*
 * How much of its processor time a task spent in the kernel is a sample, as on Linux: each tick,
 * which comes every 10 ms at most, charges all of the time since the one before to the user or to
 * the kernel (kernel/linux/timer/sample.c). So what counted as user time may become the kernel's;
 * cputime_system() sees to it that neither, as shown to programs, ever goes back: of the TOTAL
 * time, SYSTEM is the kernel's by the samples, and *LAST is what was shown before. It returns how
 * much is to be shown as the kernel's. [cputime_adjust]
 */
uint64_t cputime_system(struct cpu_shown *last, uint64_t total, uint64_t system);
/* What ticks have charged to the kernel, of all tasks, in ns. */
extern uint64_t cputime_system_total;

/*
 * Finds whose time the negative clock id CLOCK shows: that of the thread *T, if *THREAD; else that
 * of the process of *T. False: there is no such task, or a thread is not of the current process.
 * [pid_for_clock]
 */
bool cpu_clock_find(int clock, const struct task **t, bool *thread);
