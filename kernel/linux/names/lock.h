/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.h - advisory locks: fcntl's on ranges of bytes, owned by a process, and flock's on
 * whole files, owned by an opening.
 */
#pragma once

#include <stdint.h>

struct file;
struct inode;

/*
 * fcntl's F_GETLK, F_SETLK, F_SETLKW, and F_OFD_*, which an opening owns, with a
 * struct flock at user address UFLOCK.
 */
[[nodiscard]] long lock_control(struct file *f, uint32_t cmd, uint64_t uflock);

/* Gives up all that OWNER (a struct files, or a struct file) holds on I. */
void lock_release(const void *owner, const struct inode *i);
