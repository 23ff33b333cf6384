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
struct file_ops;
struct inode;
struct packet;
struct user;

struct pipe {
	struct ring ring;
	struct user *user; /* for whom its size is counted, one reference; NULL: it is not */
	uint64_t counted;  /* pages */
	/* Those among its bytes: the newest, which leads to the oldest; NULL: there are none. */
	struct packet *packets;
	uint64_t reserved;	   /* bytes for which there is no room because of packets, which take a page each */
	uint32_t readers, writers; /* how many open files there are now */
	uint32_t readers_ever, writers_ever; /* how many there were ever, for tasks that wait in open(2) */
	struct waitq bytes;		     /* readers sleep here: woken by bytes, new writers, or the end of one */
	struct waitq space;		     /* writers sleep here: woken by room, new readers, or the end of one */
};

/* The most bytes that a pipe can have without CAP_SYS_RESOURCE: 2^n pages. [fs.pipe-max-size] */
extern uint32_t pipe_max_size;
/*
 * How many pages all pipes of a user may have: from then on a new one gets two, or none at all; 0:
 * any number. [fs.pipe-user-pages-soft, fs.pipe-user-pages-hard]
 */
extern uint32_t pipe_user_pages_soft, pipe_user_pages_hard;

/*
 * What a module does for pipes: it counts the pages of each user's, and keeps packets (O_DIRECT)
 * apart.
 */
struct pipe_ops {
	/* The new pipe P gets *PAGES pages, or fewer, which are counted. False: it may not be. */
	bool (*admit)(struct pipe *p, uint64_t *pages);
	/* P is freed: its pages and packets, too. */
	void (*forget)(struct pipe *p);
	/* Reads where there are packets, and writes some. */
	long (*read)(struct file *f, struct uio *to);
	long (*write)(struct file *f, struct uio *from);
	/* Bytes were taken out of P, which has packets. */
	void (*taken)(struct pipe *p);
};
extern const struct pipe_ops *pipe_ops; /* NULL: there is no such module, nor packets */
/* How many bytes fit into P; if they are less than a page, no packet does. */
static inline uint64_t pipe_space(const struct pipe *p)
{
	return ring_room(&p->ring) - p->reserved;
}

/* Those of an end of a pipe, to which a module adds ioctl at boot. */
extern struct file_ops pipe_file_ops;

/* Makes a pipe and opens both ends, with FLAGS: 0 and a reference to each, -ENFILE or -ENOMEM. */
[[nodiscard]] int pipe_create(uint32_t flags, struct file **reader, struct file **writer);
/* Nobody can read any more: sends SIGPIPE to the current task, and returns -EPIPE. */
[[nodiscard]] int pipe_broken(void);

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
