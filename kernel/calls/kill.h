/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill.h - sends a signal on behalf of the current task, after checking its permission. In
 * sys_kill.c; called by kill, tkill, tgkill, sigqueue and pidfd_send_signal.
 */
#pragma once

#include <stdint.h>

struct siginfo;
struct task;

/*
 * Sends INFO's signal to T's whole process: 0; -EINVAL: no such signal; -EPERM; or -EAGAIN: no room
 * in the queue. Signal 0 only asks whether sending is allowed. [check_kill_permission]
 */
[[nodiscard]] int kill_process(struct task *t, const struct siginfo *info);

/* The same to the process that the current task calls PID; also -ESRCH. */
[[nodiscard]] int kill_id(int pid, const struct siginfo *info);
/* The same to one thread of TGID, or, with TGID 0, of any process. */
[[nodiscard]] int kill_thread(int tgid, int tid, const struct siginfo *info);
