/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.h - sys_time.c, for what else there is to ask of clocks.
 */
#pragma once

#include <stdint.h>

/*
 * The time that CLOCK shows, a CLOCK_* or a process's or thread's; -EINVAL: there is no such clock.
 */
[[nodiscard]] int clock_read(int clock, uint64_t *ns);
