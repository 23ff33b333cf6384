/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.h - what futex(2) does when a thread ends. In futex.c, for this folder's module.c.
 */
#pragma once

#include <stdint.h>

/* Called at boot, before any other function. */
void futex_init(void);

/*
 * Called when a thread ends or executes a program: zeroes the word at UADDR and wakes one task that
 * waits there (set_tid_address, CLONE_CHILD_CLEARTID).
 */
void futex_clear_tid(uint64_t uaddr);

/*
 * Called when the current thread ends or executes a program: sets FUTEX_OWNER_DIED in the robust
 * mutexes that it holds, and wakes a waiter of each. HEAD is the user address of its struct
 * robust_list_head, or 0. [exit_robust_list]
 */
void futex_exit_robust(uint64_t head);
