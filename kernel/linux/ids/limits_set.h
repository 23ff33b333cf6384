/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits_set.h - sys_limits.c, for what the command line gives.
 */
#pragma once

#include <stdint.h>

struct group;
struct rlimit64;

/* Sets a limit of G, if the current task may: 0, -EINVAL or -EPERM. */
[[nodiscard]] int limits_set(struct group *g, uint32_t resource, const struct rlimit64 *new);
