/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asyncs.h - signal-driven I/O, for this folder's module.c: see kernel/core/files/async.h.
 */
#pragma once

#include "async.h"

extern const struct async_ops async_signals;

/*
 * Serves fcntl's commands F_SETOWN, F_SETSIG and their like, for a struct file_controls: stores
 * what the call returns in *RESULT. False: CMD is another command.
 */
bool async_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
