/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user_dispatch.h - syscall user dispatch: a thread takes its own calls as signals, but for
 * those that some of its code makes.
 */
#pragma once

#include "dispatch.h"

struct trapframe;

/* prctl(PR_SET_SYSCALL_USER_DISPATCH), as a struct prctl_options has it. */
bool user_dispatch_prctl(int option, const uint64_t args[4], long *result);
/* user_dispatch_takes, see kernel/core/task/dispatch.h. */
bool user_dispatch_take(struct trapframe *frame);
/* Turns it off for the current task. Called from execve, as trace_part. */
void user_dispatch_off(void);
