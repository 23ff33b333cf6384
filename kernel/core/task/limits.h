/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits.h - resource limits of a process.
 */
#pragma once

#include <stdint.h>

struct group;

/* Sets G's limits to those of Linux's first process. fork and execve keep them. */
void limits_init(struct group *g);
/* Sets a limit of G without asking for the current task's rights: 0, -EINVAL or -EPERM. */
struct rlimit64;
[[nodiscard]] int limits_set(struct group *g, uint32_t resource, const struct rlimit64 *new);
/* The size to which the current process's stack may grow: for vm_stack_limit(). */
uint64_t limits_stack(void);
