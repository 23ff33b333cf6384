/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.h - sleeping on a word of user memory [futex(2)].
 */
#pragma once

#include <stdint.h>

/* Called at boot, before any other function. */
void futex_init(void);

/*
 * Called when a thread ends: zeroes the word at UADDR and wakes one task that waits there
 * (set_tid_address, CLONE_CHILD_CLEARTID).
 */
void futex_clear_tid(uint64_t uaddr);

/*
 * Called when a thread ends or executes a program: marks the robust mutexes that it holds, and
 * wakes their waiters. [exit_robust_list]
 */
void futex_exit_robust(uint64_t head);
