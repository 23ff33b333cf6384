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

/*
 * The info at FROM, which a program has made for signal SIG: 0, -EFAULT, or -E2BIG: it has bytes
 * that the kernel does not know.
 */
[[nodiscard]] int kill_read_info(struct siginfo *info, int sig, uint64_t from);
