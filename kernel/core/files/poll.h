/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.h - waiting for several open files at once: ppoll, pselect6, epoll.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/poll.h>

#include "file.h"
#include "wait.h"

struct __kernel_timespec;

struct poll_entry {
	struct waiter waiter;
	/*
	 * A reference: the queue lives as long as it; NULL: the watch
	 * ends this entry with the file.
	 */
	struct file *file;
	struct list of_watch; /* struct poll_waits.watch at the time */
};

struct poll_more;

/* The queues that a task waits on; or, COUNTING, no more than how often they were woken. */
struct poll_waits {
	struct poll_table table;
	struct file *file;  /* whose poll operation is being called */
	struct list *watch; /* NULL, or the entries of the epoll watch through which it is called */
	bool counting;
	uint32_t wakes; /* sum over the queues: changes when one is woken */
	bool failed;	/* no memory for a waiter */
	unsigned used;
	struct poll_more *more;
	struct poll_entry few[8];
};

void poll_begin(struct poll_waits *t);
/* For a pass that only counts: poll_end() is not needed. */
void poll_begin_counting(struct poll_waits *t);
void poll_end(struct poll_waits *t);
/* Ends the entries of one watch, whose queues may be about to go, and wakes who sleeps on them. */
void poll_forget(struct list *watch);
/* What F is ready for now, waiters added when T is not NULL. */
uint32_t poll_file(struct file *f, struct poll_waits *t);
/* Counts what asking a file took, beside the file itself: files that it asks in turn. */
extern uint32_t poll_steps;

/*
 * Waits until one of the N descriptors is ready or DEADLINE: how many are, with their
 * revents; or -EINTR, -ENOMEM. [do_poll]
 */
[[nodiscard]] long poll_run(struct pollfd *fds, uint64_t n, uint64_t deadline);

/*
 * The time-out that ppoll and kin take at user address TS (0: none) as a
 * deadline: 0, -EFAULT, -EINVAL.
 */
[[nodiscard]] int poll_deadline(uint64_t ts, uint64_t *deadline);
/*
 * The mask for the time of the call, at user address SET (0: none): 0,
 * -EINVAL, -EFAULT. [set_user_sigmask]
 */
[[nodiscard]] int poll_set_mask(uint64_t set, uint64_t size);
/*
 * The end of such a call: gives back the mask unless a signal is to be taken under it, writes the
 * time that is left to TS, turns -EINTR into a restart. [poll_select_finish]
 */
[[nodiscard]] long poll_finish(long result, uint64_t ts, uint64_t deadline, bool masked);
