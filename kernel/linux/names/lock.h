/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.h - advisory locks: fcntl's on ranges of bytes, which belong to a process or to an open file
 * description, and flock's on whole files, which belong to an open file description.
 */
#pragma once

#include <stdint.h>

#include "list.h"

struct file;
struct inode;

/*
 * fcntl's F_GETLK, F_SETLK, F_SETLKW, and the F_OFD_* commands, whose locks belong to an open file
 * description. F was found at FD; UFLOCK is the user address of a struct flock. Returns 0, -EFAULT,
 * -EINVAL, -EOVERFLOW, -EBADF (F is not open for such a lock, or FD was closed while the call
 * waited), or an error of lock_set_or_wait(). [fcntl_setlk, fcntl_getlk]
 */
[[nodiscard]] long lock_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t uflock);

/* How many locks there are, for the leak check. */
uint32_t lock_count(void);

/* Releases all locks that OWNER (a struct files, or a struct file) holds on I. */
void lock_release(const void *owner, const struct inode *i);
/* Called at boot, before any lock is set. */
void lock_init(void);
