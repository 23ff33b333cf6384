/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.h - sleeping on a word of user memory [futex(2)].
 */
#pragma once

#include <stdint.h>

/*
 * A thread ends: zeroes the word at UADDR and wakes one who waits for that
 * (set_tid_address, CLONE_CHILD_CLEARTID).
 */
void futex_clear_tid(uint64_t uaddr);

/*
 * A thread ends or execs: marks the robust mutexes that it holds, and wakes who
 * waits for them. [exit_robust_list]
 */
void futex_exit_robust(uint64_t head);
