/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.h - who is told by a signal that an opening has become ready:
 * O_ASYNC, F_SETOWN and their kin.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

/*
 * The commands of fcntl about it: true, with the call's result in
 * *RESULT; false: CMD is none of them.
 */
bool async_control(struct file *f, uint32_t cmd, uint64_t arg, long *result);
/* The ioctls: FIOSETOWN, FIOGETOWN and their names for sockets. */
bool async_ioctl(struct file *f, uint32_t cmd, uint64_t arg, long *result);
/*
 * O_ASYNC of F, whose descriptor is FD, on or off: 0, -ENOMEM, or -ENOTTY: its kind tells nobody.
 */
[[nodiscard]] int async_set(struct file *f, uint32_t fd, bool on);
/* F is about to be freed. */
void async_drop(struct file *f);
