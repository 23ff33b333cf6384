/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits.h - resource limits of a process.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;
struct mm;
struct vma;

/* Sets G's limits to those of Linux's first process. fork and execve keep them. */
void limits_init(struct group *g);
/*
 * In memory_limit.c, for vm_stack_limit(): may V, a stack in MM, grow down to START?
 * [acct_stack_growth]
 */
bool limits_stack(const struct mm *mm, const struct vma *v, uint64_t start);
