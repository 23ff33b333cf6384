/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.h - waiting for several open files at once: ppoll, pselect6.
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
	struct file *file; /* a reference: the queue lives as long as it */
};

struct poll_more;

/* The queues that a task waits on. */
struct poll_waits {
	struct poll_table table;
	struct file *file; /* whose poll operation is being called */
	bool failed;	   /* no memory for a waiter */
	unsigned used;
	struct poll_more *more;
	struct poll_entry few[8];
};

void poll_begin(struct poll_waits *t);
void poll_end(struct poll_waits *t);
/* What F is ready for now, waiters added when T is not NULL. */
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
