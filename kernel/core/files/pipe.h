/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h - pipes and FIFOs: 64 KiB of bytes on their way from writers to readers.
 */
#pragma once

#include <stdint.h>

struct file;
struct inode;

/* A new pipe: its two ends, a reference each. FLAGS: O_NONBLOCK. 0 or -ENOMEM. */
int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/* Opens FIFO I, waiting for the other side as open(2) does: 0, -ENXIO, -ENOMEM, -ERESTARTSYS. */
int fifo_open(struct inode *i, struct file *f);
/* F_GETPIPE_SZ, F_SETPIPE_SZ; -EBADF when F is no pipe. */
long pipe_size(struct file *f);
long pipe_set_size(struct file *f, uint64_t size);
