/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.h - what happens to capabilities when ids change, or one is given up.
 */
#pragma once

#include <stdbool.h>

#include "cred.h"

/*
 * Makes NEW, in which ids were changed, the current task's. Capabilities follow the change from or
 * to root; a changed effective id makes the program undumpable and clears its parent-death signal.
 * 0, or -EAGAIN: no memory for a new user, and nothing has changed.
 * [cap_task_fix_setuid, commit_creds]
 */
[[nodiscard]] int cred_commit(const struct cred *new);
/*
 * The same when only fsuid or fsgid was changed: capabilities over files follow it, and nothing
 * fails.
 */
void cred_commit_fsuid(const struct cred *new);

/*
 * What execve makes of the current task's capabilities and ids (cred_exec). Set-id bits and file
 * capabilities have no effect in this kernel. A program whose rights have grown, or whose effective
 * ids are not its real ones, is undumpable. [cap_bprm_creds_from_file, begin_new_exec]
 */
void rights_exec(void);

/* Serves those options of prctl(2) that are about capabilities. [cap_task_prctl] */
bool rights_prctl(int option, const uint64_t args[4], long *result);
