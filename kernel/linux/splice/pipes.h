/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipes.h - what this module does for pipes: their sizes, what each user may have, and packets.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct pipe;
struct uio;

/* ---- pipe_size.c ---- */
/*
 * F_GETPIPE_SZ and F_SETPIPE_SZ: the size in bytes, or -EBADF (F is no pipe), -EINVAL, -EPERM,
 * -EBUSY (the bytes in the pipe do not fit) or -ENOMEM. [pipe_fcntl]
 */
[[nodiscard]] long pipe_size(struct file *f);
[[nodiscard]] long pipe_set_size(struct file *f, uint64_t size);
/* As pipe_ops.admit; gives up what it has counted. */
[[nodiscard]] bool pipe_count(struct pipe *p, uint64_t *pages);
void pipe_uncount(struct pipe *p);

/* ---- pipe_packets.c ---- */
/* As in pipe_ops. pipe_packets_drop() forgets all packets of P. */
[[nodiscard]] long pipe_packets_read(struct file *f, struct uio *to);
[[nodiscard]] long pipe_packets_write(struct file *f, struct uio *from);
void pipe_packets_taken(struct pipe *p);
void pipe_packets_drop(struct pipe *p);
