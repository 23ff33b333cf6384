/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched_policy.h - setting how a task is scheduled, for sched_setscheduler and
 * sched_setattr. In sys_sched.c.
 */
#pragma once

#include <stdint.h>

struct sched_attr;
struct task;

/* The thread that the current task calls PID (0: the current one), or NULL. */
struct task *sched_find(uint64_t pid);
/*
 * Gives PID the policy, priority or niceness in A: 0, -ESRCH, -EINVAL, -EPERM.
 * [__sched_setscheduler]
 */
[[nodiscard]] long sched_set_attr(uint64_t pid, const struct sched_attr *a);
