/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.h - reads a clock by its number. In sys_time.c; called by the timers of kernel/linux/timer.
 */
#pragma once

#include <stdint.h>

/*
 * Stores what CLOCK shows in *NS, in nanoseconds. CLOCK is a CLOCK_*, or the negative number of a
 * process's or thread's CPU clock. 0, or -EINVAL: there is no such clock. [clock_gettime(2)]
 */
[[nodiscard]] int clock_read(int clock, uint64_t *ns);
