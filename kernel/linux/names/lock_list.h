/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock_list.h - the locks that are held, for lock.c, which keeps them, lock_wait.c, and sys_lock.c,
 * which has the calls.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "waitq.h"

struct inode;

struct lock {
	const struct inode *inode;
	const void *owner;
	bool whole; /* a lock of flock's, which does not conflict with fcntl's */
	int16_t type;
	uint64_t start, end; /* the first and the last byte */
	uint32_t pid;
};

/* Woken after each change. */
extern struct waitq lock_released;

/* A lock of another owner that conflicts with WANTED, or NULL. */
const struct lock *lock_find_conflict(const struct lock *wanted);

/*
 * Makes WANTED its owner's lock on that range; F_UNLCK: the owner has none there. 0, -EAGAIN
 * (another owner's conflicts), -ENOLCK (no memory) or -EINTR (a fatal signal). [posix_lock_inode]
 */
[[nodiscard]] int lock_set(const struct lock *wanted);

/*
 * Does the same once no other owner's lock conflicts: 0, -EAGAIN (one conflicts, and WAIT is
 * false), -EDEADLK, -ERESTARTSYS (a signal came while it waited), -ENOLCK or -EINTR.
 */
[[nodiscard]] int lock_set_or_wait(const struct lock *wanted, bool wait);
