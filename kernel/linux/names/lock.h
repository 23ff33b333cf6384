/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.h - advisory locks: fcntl's on ranges of bytes, which belong to a process, and flock's on
 * whole files, which belong to an open file.
 */
#pragma once

#include <stdint.h>

#include "list.h"

struct file;
struct inode;

/*
 * fcntl's F_GETLK, F_SETLK, F_SETLKW, and F_OFD_*, whose locks belong to an open file: on F, which
 * was found at FD, with a struct flock at user address UFLOCK. -EBADF: FD was closed while the call
 * waited.
 */
[[nodiscard]] long lock_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t uflock);

/* How many locks there are, for the leak check. */
uint32_t lock_count(void);

/* Releases all that OWNER (a struct files, or a struct file) holds on I. */
void lock_release(const void *owner, const struct inode *i);
/* At boot. */
void lock_init(void);
