/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched_policy.h - setting how a task is scheduled: niceness in sys_priority.c, the rest in
 * sys_sched.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct sched_attr;
struct task;

/* The thread that the current task calls PID (0: the current one), or NULL. */
struct task *sched_find(uint64_t pid);
/* May the current task change how T is scheduled? [check_same_owner] */
bool sched_may_change(const struct task *t);
/*
 * T gets the niceness NICE (-20 to 19), and turns of a length by it: each step less is a quarter
 * more. A real-time task and one of SCHED_IDLE have no turns; so this is called when T's policy has
 * changed, too. [sched_prio_to_weight]
 */
void sched_set_nice(struct task *t, int nice);
/*
 * Gives PID the policy, priority or niceness in A: 0, -ESRCH, -EINVAL, -EPERM.
 * [__sched_setscheduler]
 */
[[nodiscard]] long sched_set_attr(uint64_t pid, const struct sched_attr *a);
