/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll_watch.h - what epoll.c and epoll_wait.c share: epoll files, and what they watch.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/epoll.h>

#include "avl.h"
#include "file.h"
#include "list.h"
#include "wait.h"

#define WATCH_WORK 1024U /* of SCHED_STINT: asking a file, or forgetting it */
#define EPOLL_QUEUES 2	 /* that the poll operation of any file names, at most */

struct epoll {
	struct avl watches;   /* by file and descriptor */
	struct list ready;    /* those that may be, by struct watch.ready */
	struct list left;     /* and those that a call which reports has not come to */
	struct waitq wait;    /* of epoll_pwait: one is woken at a time */
	struct waitq changed; /* of who polls the epoll file itself */
	uint32_t inner;	      /* watches of epoll files */
};

/* One (file, descriptor) that an epoll file watches. */
struct watch {
	struct avl_node node;
	struct epoll *epoll;
	struct list of_file;	/* file->watches */
	struct list ready;	/* on epoll->ready or left, or on none */
	struct file *file;	/* no reference: closing it ends the watch; NULL: that has happened */
	const struct file *key; /* where it was: the watch's place in the tree */
	uint32_t fd;
	bool disabled; /* EPOLLONESHOT, and it was reported */
	struct epoll_event event;
	struct watch_entry {
		struct waiter waiter;
		struct waitq *queue; /* NULL: none */
	} entry[EPOLL_QUEUES];	     /* in the order in which the file's poll operation names them */
};

extern const struct file_ops epoll_ops;

/*
 * What W's file is ready for now, of what it is watched for. May put W on the list of those that
 * are ready.
 */
uint32_t watch_events(struct watch *w);
