/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.h - sys_clone.c, for clone3.
 */
#pragma once

struct clone_args;

/*
 * A new thread or process, as A says, whose stack is the first sp, not the lowest address: its id,
 * or -errno.
 */
[[nodiscard]] long clone_task(const struct clone_args *a);
