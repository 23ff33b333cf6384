/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.h - signals that an open file has become ready: O_ASYNC, F_SETOWN and the like.
 * kernel/linux/wait sends them; without it nobody does.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

struct async_ops {
	/*
	 * Serves the ioctls about it: FIOSETOWN, FIOGETOWN and their names for sockets. True, with
	 * the call's result in *RESULT; false: CMD is none of them.
	 */
	bool (*ioctl)(struct file *f, uint32_t cmd, uint64_t arg, long *result);
	/*
	 * Turns O_ASYNC of F, whose descriptor is FD, on or off: 0, -ENOMEM, or -ENOTTY (files of
	 * its kind do not signal).
	 */
	int (*set)(struct file *f, uint32_t fd, bool on);
	/* Ends it for F, which is about to be freed. */
	void (*drop)(struct file *f);
};

extern const struct async_ops *async_ops; /* or NULL: no file signals */
