/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue.h - POSIX message queues, for mqueue*.c and this folder's module.c.
 *
 * A queue is an inode in a directory that each ipc namespace has of its own. It lives until its
 * name is removed and its last opening is closed.
 */
#pragma once

#include <stdint.h>

#include <abi/mqueue.h>
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
	/* SIGEV_THREAD: the netlink socket that is told, one reference, and what it gets. */
	struct file *socket;
	uint8_t cookie[NOTIFY_COOKIE_LEN];
};

/* The queue that F is an opening of; NULL: of none. */
struct mqueue *mqueue_of(const struct file *f);
/* The names of the queues of NS are gone, because NS is. */
void mqueue_leave(struct ipcns *ns);

/* ---- mqueue_notify.c ---- */
/* The queue behind descriptor FD, with a reference to its file in *F; NULL: FD is none. */
struct mqueue *mqueue_get(uint64_t fd, struct file **f);
/*
 * A message has come into the empty queue Q, and nobody waits for it: who wants to be told is told,
 * once. [__do_notify]
 */
void mqueue_tell(struct mqueue *q);
/* Nobody is to be told of Q any more. [remove_notification] */
void mqueue_untell(struct mqueue *q);
/* At boot: the kernel is to tell of descriptors that are closed. */
void mqueue_init(void);
