/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nproc.h - RLIMIT_NPROC: how many threads a user has.
 */
#pragma once

#include <stdint.h>

/* The current task, which becomes the first program, is the first that counts: as root's. */
void nproc_begin(void);

/*
 * From now on the current task counts among the threads of the user UID. 0, or -EAGAIN: no memory,
 * and nothing has changed. [set_user, flag_nproc_exceeded]
 */
[[nodiscard]] int nproc_change_user(uint32_t uid);
