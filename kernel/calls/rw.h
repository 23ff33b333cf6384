/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rw.h - sys_rw.c, for preadv and its like.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;

/* The file of a call that names a position, with a reference: 0, or -EINVAL, -EBADF, -ESPIPE. */
[[nodiscard]] int rw_get_seekable(uint64_t fd, uint64_t pos, struct file **out);
/*
 * Moves bytes between F, from *POS on, and the N pieces of the vector at IOV, with FLAGS, RWF_*:
 * how many, or -errno.
 */
[[nodiscard]] long rw_transfer_vector(struct file *f, bool write, uint64_t iov, uint64_t n, uint64_t *pos,
				      uint32_t flags);
/* The same at the position of the open file behind FD. */
[[nodiscard]] long rw_vector(uint64_t fd, bool write, uint64_t iov, uint64_t n, uint32_t flags);
