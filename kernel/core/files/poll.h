/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.h - waiting for several open files at once, for ppoll, pselect6 and whoever asks whether a
 * file is ready.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/poll.h>

#include "file.h"
#include "wait.h"

struct __kernel_timespec;

/* A place on a wait queue of a file. */
struct poll_entry {
	struct waiter waiter;
	struct file *file; /* a reference, because the queue is freed with the file */
};

struct poll_more;

/* The wait queues on which a task waits. */
struct poll_waits {
	struct poll_table table;
	struct file *file;	  /* the one whose poll operation is being called */
	bool failed;		  /* there was no memory for an entry */
	unsigned used;		  /* how many entries there are */
	struct poll_more *more;	  /* blocks of entries behind the first few, the newest first */
	struct poll_entry few[8]; /* the first entries */
};

/* Makes *T wait for nothing yet; takes the task off all queues again. */
void poll_begin(struct poll_waits *t);
void poll_end(struct poll_waits *t);
/*
 * For what F is ready now (POLL*). If T is not NULL, the current task waits on F's queues from then
 * on.
 */
uint32_t poll_file(struct file *f, struct poll_waits *t);
/*
 * How often files were asked because another one was (epoll inside epoll), which bounds such
 * chains.
 */
extern uint32_t poll_steps;

/*
 * Waits until one of the N descriptors in FDS is ready, or until DEADLINE. Returns how many are,
 * with their revents filled in; -EINTR or -ENOMEM. [do_poll]
 */
[[nodiscard]] long poll_run(struct pollfd *fds, uint64_t n, uint64_t deadline);

/*
 * Turns the time-out at user address TS (0: none), a struct timespec, into *DEADLINE, in ns since
 * boot: 0, -EFAULT or -EINVAL.
 */
[[nodiscard]] int poll_deadline(uint64_t ts, uint64_t *deadline);
/*
 * The same for a moment, by CLOCK_REALTIME if REALTIME, otherwise by CLOCK_MONOTONIC.
 * [futex_init_timeout]
 */
[[nodiscard]] int poll_deadline_at(uint64_t ts, bool realtime, uint64_t *deadline);
/*
 * Sets the signal mask at user address SET (0: none), of SIZE bytes, for the time of the system
 * call: 0, -EINVAL (the size) or -EFAULT. [set_user_sigmask]
 */
[[nodiscard]] int poll_set_mask(uint64_t set, uint64_t size);
/*
 * Ends a system call with RESULT. MASKED: restores the mask, unless a signal is to be taken under
 * the other one. Writes the time that is left to user address TS. Turns -EINTR into a restart code.
 * Returns the result of the call. [poll_select_finish]
 */
[[nodiscard]] long poll_finish(long result, uint64_t ts, uint64_t deadline, bool masked);
