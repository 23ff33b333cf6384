/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cred.h - what happens to ids and capabilities when ids change, a program is executed, or a
 * capability is given up.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/capability.h>

#include "task.h"

#define CRED_ALL_CAPS ((1UL << (CAP_LAST_CAP + 1)) - 1)

/* Makes *C root with every capability, as the first program has it. */
void cred_init_root(struct cred *c);

/* Is GID, for access to files, a group of the current task? [in_group_p] */
bool cred_in_group(uint32_t gid);

/*
 * Works out what the new program may do when T, which is current, executes one: there are no set-id
 * bits and no file capabilities. [cap_bprm_creds_from_file]
 */
void cred_exec(struct task *t);

/*
 * May the current task read and change T's memory and state? Its real ids and permitted
 * capabilities count or, FOR_FILES, those that count for files. [__ptrace_may_access,
 * cap_ptrace_access_check]
 */
bool ptrace_may_access(const struct task *t, bool for_files);
