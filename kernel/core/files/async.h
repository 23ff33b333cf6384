/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.h - signal-driven I/O: signals that tell that an open file has become ready (O_ASYNC,
 * F_SETOWN and the like). kernel/linux/wait sends them; in an image without it no file does.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

struct async_ops {
	/*
	 * Serves the ioctls about it: FIOSETOWN, FIOGETOWN and their names for sockets. True: the
	 * result is in *RESULT. False: CMD is none of them.
	 */
	bool (*ioctl)(struct file *f, uint32_t cmd, uint64_t arg, long *result);
	/*
	 * Turns O_ASYNC of F, whose descriptor is FD, on or off: 0, -ENOMEM, or -ENOTTY (files of
	 * its kind do not signal).
	 */
	int (*set)(struct file *f, uint32_t fd, bool on);
	/* F is about to be freed: frees f->async. */
	void (*drop)(struct file *f);
};

extern const struct async_ops *async_ops; /* or NULL: no file signals */
