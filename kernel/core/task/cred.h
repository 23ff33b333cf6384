/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cred.h - the ids and capabilities of tasks (struct cred in task.h): the first ones, their change
 * by execve, and two checks.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/capability.h>

#include "task.h"

#define CRED_ALL_CAPS ((1UL << (CAP_LAST_CAP + 1)) - 1)

/* Fills in *C with root's ids and every capability, as the first program has them. */
void cred_init_root(struct cred *c);

/* Does GID count as a group of the current task for access to files? [in_group_p] */
bool cred_in_group(uint32_t gid);

/*
 * Changes the current task's capabilities and ids as execve does, when it has its new address
 * space. NULL without kernel/linux/ids, where nothing else changes them, either.
 */
extern void (*cred_exec)(void);
/*
 * Is the current task's user kept by RLIMIT_NPROC from one more thread, or by EXEC from another
 * program? 0 or -EAGAIN. NULL without kernel/linux/ids, where all tasks are root's.
 */
extern int (*cred_limit)(bool exec);

/*
 * May the current task read and change T's memory and state? Its real ids and permitted
 * capabilities are looked at; FOR_FILES: its file system ids and effective capabilities.
 * [__ptrace_may_access, cap_ptrace_access_check]
 */
bool ptrace_may_access(const struct task *t, bool for_files);
