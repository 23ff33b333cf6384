/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits.h - resource limits of a process.
 */
#pragma once

#include <stdint.h>

struct group;

/* What Linux gives its first process; fork and execve hand it on. */
void limits_init(struct group *g);
/* Sets a limit of G, whoever the current task is: 0, or -EINVAL, -EPERM. */
struct rlimit64;
[[nodiscard]] int limits_set(struct group *g, uint32_t resource, const struct rlimit64 *new);
/* How large the stack of the current process may be: for vm_stack_limit(). */
uint64_t limits_stack(void);
