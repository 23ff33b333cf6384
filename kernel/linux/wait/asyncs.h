/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asyncs.h - signal-driven I/O, for this folder's module.c: see kernel/core/files/async.h.
 */
#pragma once

#include "async.h"

extern const struct async_ops async_signals;

/* The current process becomes F's owner, unless it has one: 0 or -ENOMEM. [__f_setown] */
[[nodiscard]] int async_own(struct file *f);
/*
 * After async_own(): tells F's owner that something happened to F, whose descriptor is FD.
 * [send_sigio, POLL_MSG]
 */
void async_tell(const struct file *f, uint32_t fd);

/*
 * Serves fcntl's commands F_SETOWN, F_SETSIG and their like, for a struct file_controls: stores
 * what the call returns in *RESULT. False: CMD is another command.
 */
bool async_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
