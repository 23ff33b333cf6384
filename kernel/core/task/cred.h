/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cred.h - what happens to rights when ids change, a program is executed, or a right is given up.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/capability.h>

#include "task.h"

#define CRED_ALL_CAPS ((1UL << (CAP_LAST_CAP + 1)) - 1)

/* Root with every capability: what the first program is. */
void cred_init_root(struct cred *c);

/*
 * The current task becomes NEW, whose ids have been changed: capabilities follow root's id, a
 * changed effective id makes the program undumpable and forgets its death signal.
 * [cap_task_fix_setuid, commit_creds]
 */
void cred_commit(const struct cred *new);
/* The same when fsuid or fsgid alone has been changed: rights over files follow it. */
void cred_commit_fsuid(const struct cred *new);

/* Is GID a group of the current task that counts for files? [in_group_p] */
bool cred_in_group(uint32_t gid);

/*
 * execve by T, which is current, without set-id bits and file capabilities: what the new program
 * may do. [cap_bprm_creds_from_file]
 */
void cred_exec(struct task *t);

/*
 * May the current task read and change what T is and does? By its real ids and permitted rights,
 * or, for files, by those that count for files. [__ptrace_may_access, cap_ptrace_access_check]
 */
bool ptrace_may_access(const struct task *t, bool for_files);

/* prctl's part of it: the result; *KNOWN says whether OPTION is one of these. [cap_task_prctl] */
[[nodiscard]] long cred_prctl(int option, uint64_t arg2, uint64_t arg3, uint64_t arg4, uint64_t arg5, bool *known);
