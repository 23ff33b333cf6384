/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.h - signals that an open file has become ready: O_ASYNC, F_SETOWN and the like.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

/*
 * Serves fcntl's commands about it: true, with the call's result in *RESULT; false: CMD is none of
 * them.
 */
bool async_control(struct file *f, uint32_t cmd, uint64_t arg, long *result);
/* Serves the ioctls about it: FIOSETOWN, FIOGETOWN and their names for sockets. */
bool async_ioctl(struct file *f, uint32_t cmd, uint64_t arg, long *result);
/*
 * Turns O_ASYNC of F, whose descriptor is FD, on or off: 0, -ENOMEM, or -ENOTTY (files of its kind
 * do not signal).
 */
[[nodiscard]] int async_set(struct file *f, uint32_t fd, bool on);
/* Ends it for F, which is about to be freed. */
void async_drop(struct file *f);
