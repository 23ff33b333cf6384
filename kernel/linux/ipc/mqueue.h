/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue.h - POSIX message queues, for mqueue.c, mqueue_transfer.c and this folder's module.c.
 *
 * A queue is an inode in a directory that each ipc namespace has of its own. It lives until its
 * name is removed and its last opening is closed.
 */
#pragma once

#include <stdint.h>

#include <abi/signal.h>

#include "list.h"
#include "waitq.h"

struct file;
struct ipcns;
struct user;

struct mq_message {
	struct list link;
	uint32_t priority;
	uint64_t size;
	char text[];
};

struct mqueue {
	struct ipcns *ns;     /* which counts it; NULL: that is gone */
	struct list of_ns;    /* the others that it counts */
	struct user *user;    /* who made it */
	uint64_t charge;      /* bytes that count against RLIMIT_MSGQUEUE of this user */
	uint64_t max, room;   /* how many messages, and bytes of one */
	uint64_t count, size; /* messages that are in it, and their bytes */
	struct list messages; /* by priority, the highest first; of one priority the oldest */
	uint32_t openings;
	uint32_t receivers; /* tasks that sleep until a message comes */
	struct waitq changed;
	uint32_t notified; /* the process that wants to be told of a message; 0: none */
	struct sigevent event;
};

/* The queue that F is an opening of; NULL: of none. */
struct mqueue *mqueue_of(const struct file *f);
/* The names of the queues of NS are gone, because NS is. */
void mqueue_leave(struct ipcns *ns);
/* At boot: the kernel is to tell of descriptors that are closed. */
void mqueue_init(void);
