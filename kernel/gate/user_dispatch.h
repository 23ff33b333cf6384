/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user_dispatch.h - syscall user dispatch: a thread takes its own calls as signals, but for
 * those that some of its code makes.
 */
#pragma once

#include "dispatch.h"

struct trapframe;

/* prctl(PR_SET_SYSCALL_USER_DISPATCH): 0, -EINVAL, -EFAULT. */
[[nodiscard]] long user_dispatch_set(uint64_t mode, uint64_t offset, uint64_t length, uint64_t selector);
/*
 * Does the call in FRAME become SIGSYS? Then the signal, or what ends the thread, has been sent.
 * Called from judge.c, before anything else.
 */
bool user_dispatch_takes(struct trapframe *frame);
/* Turns it off for the current task. Called from execve. */
void user_dispatch_off(void);
