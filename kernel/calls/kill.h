/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill.h - sys_kill.c, for the other calls that send signals.
 */
#pragma once

#include <stdint.h>

struct siginfo;
struct task;

/*
 * Sends to T's whole process, if the current task may: 0, -EINVAL, -EPERM. Signal 0 only asks
 * whether that is allowed.
 */
[[nodiscard]] int kill_process(struct task *t, const struct siginfo *info);

/* The same to the process of this number, as the current task sees it; also -ESRCH. */
[[nodiscard]] int kill_id(int pid, const struct siginfo *info);
/* The same to one thread of TGID, or, with TGID 0, of any process. */
[[nodiscard]] int kill_thread(int tgid, int tid, const struct siginfo *info);
