/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h - pipes and FIFOs: 64 KiB of bytes on their way from writers to readers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct inode;

/* A new pipe: its two ends, a reference each. FLAGS: O_NONBLOCK. 0 or -ENOMEM. */
[[nodiscard]] int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/* Opens FIFO I, waiting for the other side as open(2) does: 0, -ENXIO, -ENOMEM, -ERESTARTSYS. */
[[nodiscard]] int fifo_open(struct inode *i, struct file *f);
/* F_GETPIPE_SZ, F_SETPIPE_SZ; -EBADF when F is no pipe. */
[[nodiscard]] long pipe_size(struct file *f);
[[nodiscard]] long pipe_set_size(struct file *f, uint64_t size);

/* ---- for splice: what a pipe holds, looked at before it is taken; F is an end of a pipe ---- */

/* Are A and B ends of the same pipe? B NULL: is A an end of one? */
bool pipe_is(const struct file *a, const struct file *b);
/*
 * Waits for bytes, or room: 1, or 0 (there is no writer any more), -EPIPE (no reader; SIGPIPE
 * is sent), -EAGAIN, -ERESTARTSYS.
 */
[[nodiscard]] long pipe_wait_bytes(struct file *f, bool nonblock);
[[nodiscard]] long pipe_wait_room(struct file *f, bool nonblock);
/* Bytes that are in F's pipe, and that fit into it. */
uint64_t pipe_used(const struct file *f);
uint64_t pipe_room(const struct file *f);
/* Copies up to N bytes that follow the first SKIP: how many. pipe_drop: takes the first N out. */
uint64_t pipe_peek(const struct file *f, uint64_t skip, void *buf, uint64_t n);
void pipe_drop(struct file *f, uint64_t n);
