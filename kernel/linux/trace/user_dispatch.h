/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user_dispatch.h - syscall user dispatch: a thread's system calls become SIGSYS, except those that
 * a range of its code makes, and those made while a byte of its memory allows them.
 */
#pragma once

#include "dispatch.h"

struct trapframe;

/*
 * For a struct prctl_options: serves PR_SET_SYSCALL_USER_DISPATCH. *RESULT is 0, -EINVAL, or
 * -EFAULT: the selector is no user address.
 */
bool user_dispatch_prctl(int option, const uint64_t args[4], long *result);
/* The function behind user_dispatch_takes, see kernel/core/task/dispatch.h. */
bool user_dispatch_take(struct trapframe *frame);
/* Turns dispatch off for the current thread. Called by execve, through trace_part. */
void user_dispatch_off(void);
