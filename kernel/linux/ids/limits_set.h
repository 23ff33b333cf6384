/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits_set.h - sets a resource limit. In sys_limits.c; called by surroundings.c for the limits
 * that the command line gives.
 */
#pragma once

#include <stdint.h>

struct group;
struct rlimit64;

/*
 * Sets G's limit on RESOURCE, RLIMIT_*: 0; -EINVAL: no such limit, or the soft one is above the
 * hard one; or -EPERM: the current task may not raise the hard one. [do_prlimit]
 */
[[nodiscard]] int limits_set(struct group *g, uint32_t resource, const struct rlimit64 *new);
