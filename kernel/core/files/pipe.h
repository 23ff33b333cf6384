/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.h - pipes and FIFOs: up to 64 KiB of bytes, unless F_SETPIPE_SZ changes that, on their way
 * from writers to readers.
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
	uint32_t readers_ever, writers_ever; /* how many there were ever, for tasks that wait in open(2) */
	struct waitq bytes;		     /* readers sleep here: woken by bytes, new writers, or the end of one */
	struct waitq space;		     /* writers sleep here: woken by room, new readers, or the end of one */
};

/* The most bytes that a pipe can have without CAP_SYS_RESOURCE: 2^n pages. [fs.pipe-max-size] */
extern uint32_t pipe_max_size;

/* Makes a pipe and opens both ends, with FLAGS: 0 and a reference to each, or -ENOMEM. */
[[nodiscard]] int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/*
 * F_GETPIPE_SZ and F_SETPIPE_SZ: the size in bytes, or -EBADF (F is no pipe), -EINVAL, -EPERM,
 * -EBUSY (the bytes in the pipe do not fit) or -ENOMEM.
 */
[[nodiscard]] long pipe_size(struct file *f);
[[nodiscard]] long pipe_set_size(struct file *f, uint64_t size);

/* ---- for FIFOs ---- */

/*
 * The pipe of I, which lives from the first call until its last end is released; NULL: no memory.
 */
struct pipe *pipe_of(struct inode *i);
/* Makes F, by its mode, an end of P, until pipe_release(). Wakes those who wait for such an end. */
void pipe_join(struct pipe *p, struct file *f);
void pipe_release(struct file *f);

/* ---- for splice: F is an end of a pipe ---- */

/* Are A and B ends of the same pipe? With B NULL: is A an end of a pipe? */
bool pipe_is(const struct file *a, const struct file *b);
/*
 * Wait for bytes in F's pipe; for room in it. 1: there are some, there is some. 0 (bytes): there is
 * no writer any more. -EPIPE (room): there is no reader, and SIGPIPE was sent. -EAGAIN: NONBLOCK.
 * -ERESTARTSYS: a signal came.
 */
[[nodiscard]] long pipe_wait_bytes(struct file *f, bool nonblock);
[[nodiscard]] long pipe_wait_room(struct file *f, bool nonblock);
/* How many bytes are in F's pipe, and how many fit into it. */
uint64_t pipe_used(const struct file *f);
uint64_t pipe_room(const struct file *f);
/*
 * pipe_peek() copies up to N bytes of F's pipe behind the first SKIP to BUF, and returns how many.
 * pipe_drop() removes the first N.
 */
uint64_t pipe_peek(const struct file *f, uint64_t skip, void *buf, uint64_t n);
void pipe_drop(struct file *f, uint64_t n);
