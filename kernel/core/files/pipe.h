/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h - pipes and FIFOs: usually up to 64 KiB of bytes on their way from writers to readers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct inode;

/* Makes a pipe; each of its two ends has a reference. FLAGS: O_NONBLOCK. 0 or -ENOMEM. */
[[nodiscard]] int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/* Opens FIFO I; waits for the other end, as open(2) does: 0, -ENXIO, -ENOMEM, -ERESTARTSYS. */
[[nodiscard]] int fifo_open(struct inode *i, struct file *f);
/* F_GETPIPE_SZ, F_SETPIPE_SZ; -EBADF when F is no pipe. */
[[nodiscard]] long pipe_size(struct file *f);
[[nodiscard]] long pipe_set_size(struct file *f, uint64_t size);

/* ---- for splice: what a pipe holds, looked at before it is taken; F is an end of a pipe ---- */

/* Are A and B ends of the same pipe? With B NULL: is A an end of a pipe? */
bool pipe_is(const struct file *a, const struct file *b);
/*
 * Waits for bytes; for room. Returns 1, 0 (there is no writer any more), -EPIPE (no reader; SIGPIPE
 * is sent), -EAGAIN or -ERESTARTSYS.
 */
[[nodiscard]] long pipe_wait_bytes(struct file *f, bool nonblock);
[[nodiscard]] long pipe_wait_room(struct file *f, bool nonblock);
/* How many bytes are in F's pipe, and how many fit into it. */
uint64_t pipe_used(const struct file *f);
uint64_t pipe_room(const struct file *f);
/*
 * Copies up to N bytes after the first SKIP, and returns how many. pipe_drop(): removes the first
 * N.
 */
uint64_t pipe_peek(const struct file *f, uint64_t skip, void *buf, uint64_t n);
void pipe_drop(struct file *f, uint64_t n);
