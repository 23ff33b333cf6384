/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h - pipes and FIFOs: usually up to 64 KiB of bytes on their way from writers to readers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "waitq.h"

struct file;
struct inode;

struct pipe {
	struct ring ring;
	uint32_t readers, writers;	     /* how many open files there are now */
	uint32_t readers_ever, writers_ever; /* how many there were ever: for tasks that wait in open(2) */
	struct waitq bytes;		     /* readers sleep here: bytes or writers came, or the last writer went */
	struct waitq space;		     /* where writers sleep */
};

/* Most bytes of a pipe of whoever has no CAP_SYS_RESOURCE, 2^n pages [fs.pipe-max-size] */
extern uint32_t pipe_max_size;

/* Makes a pipe; each of its two ends has a reference. FLAGS: O_NONBLOCK. 0 or -ENOMEM. */
[[nodiscard]] int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/* F_GETPIPE_SZ, F_SETPIPE_SZ; -EBADF when F is no pipe. */
[[nodiscard]] long pipe_size(struct file *f);
[[nodiscard]] long pipe_set_size(struct file *f, uint64_t size);

/* ---- for FIFOs ---- */

/* The pipe of I, made when it is first opened; NULL: no memory. It lives as long as the inode. */
struct pipe *pipe_of(struct inode *i);
/* F is an end of P, by its mode, until pipe_release(). */
void pipe_join(struct pipe *p, struct file *f);
void pipe_release(struct file *f);

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
