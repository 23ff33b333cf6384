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
	 * A reference, which keeps the queue alive. NULL: the watch ends this entry when the file
	 * goes.
	 */
	struct file *file;
	struct list of_watch; /* in the list that was poll_waits.watch at the time */
};

struct poll_more;

/* The queues that a task waits on. In a pass that only counts: how often they were woken. */
struct poll_waits {
	struct poll_table table;
	struct file *file;  /* the file whose poll operation is being called */
	struct list *watch; /* the entries of the epoll watch on whose behalf it is called, or NULL */
	bool counting;
	uint32_t wakes; /* the sum of the queues' wakes: changes when one is woken */
	bool failed;	/* there was no memory for a waiter */
	unsigned used;
	struct poll_more *more;
	struct poll_entry few[8];
};

void poll_begin(struct poll_waits *t);
/* Begins a pass that only counts; poll_end() is not needed. */
void poll_begin_counting(struct poll_waits *t);
void poll_end(struct poll_waits *t);
/*
 * Ends the entries of one watch, whose queues may be about to go, and wakes the tasks that sleep
 * there.
 */
void poll_forget(struct list *watch);
/* What F is ready for now. When T is not NULL, puts the task on F's queues. */
uint32_t poll_file(struct file *f, struct poll_waits *t);
/* Counts the files that are asked because another one was (epoll in epoll). */
extern uint32_t poll_steps;

/*
 * Waits until one of the N descriptors is ready, or DEADLINE. Returns how many are, with their
 * revents, or -EINTR, -ENOMEM. [do_poll]
 */
[[nodiscard]] long poll_run(struct pollfd *fds, uint64_t n, uint64_t deadline);

/*
 * Turns the time-out at user address TS (0: none), as ppoll and others take it, into a deadline: 0,
 * -EFAULT or -EINVAL.
 */
[[nodiscard]] int poll_deadline(uint64_t ts, uint64_t *deadline);
/*
 * Sets the signal mask at user address SET (0: none) for the time of the call: 0, -EINVAL or
 * -EFAULT. [set_user_sigmask]
 */
[[nodiscard]] int poll_set_mask(uint64_t set, uint64_t size);
/*
 * Ends such a call: restores the mask, unless a signal is to be taken under it; writes the time
 * that is left to TS; turns -EINTR into a restart. [poll_select_finish]
 */
[[nodiscard]] long poll_finish(long result, uint64_t ts, uint64_t deadline, bool masked);
