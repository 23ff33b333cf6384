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

#define WATCH_WORK 1024U /* the work of asking a file, or of freeing a watch, for sched_worked() */
#define EPOLL_QUEUES 2	 /* the most wait queues that the poll operation of a file names */

struct epoll {
	struct avl watches;   /* sorted by file and descriptor */
	struct list ready;    /* watches that may be ready, by struct watch.ready */
	struct list left;     /* those of them that a call which reports events has not reached yet */
	struct waitq wait;    /* epoll_pwait sleeps here; one task is woken at a time */
	struct waitq changed; /* those who poll the epoll file itself wait here */
	struct list inner;    /* watches of other epoll files, by struct watch.inner */
	struct file *file;    /* its own, no reference; NULL: it has watched nothing yet */
	uint64_t round;	      /* the last wake-up that `changed` has heard of */
};

/* One (file, descriptor) that an epoll file watches. */
struct watch {
	struct avl_node node;
	struct epoll *epoll;
	struct list of_file; /* file->watches */
	struct list ready;   /* on epoll->ready or left, or on none */
	struct list inner;   /* on epoll->inner, or on none */
	struct file *file;   /* no reference: the watch ends when it is freed */
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
 * Asks W's file which of the events that W watches for it has, POLL*; or POLL_UNFINISHED. 0 if W is
 * disabled. Asking may put W on the ready list.
 */
uint32_t watch_events(struct watch *w);

/*
 * May E watch F? 0; or -ELOOP: F watches E, be it through others, or too many epoll files would
 * watch one another. [ep_loop_check, ep_get_upwards_depth_proc]
 */
[[nodiscard]] int epoll_check_chain(const struct epoll *e, const struct file *f);
