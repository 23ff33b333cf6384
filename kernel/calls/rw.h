/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rw.h - what preadv, pwritev and their like share with readv and writev. In sys_rw.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct uio;

/*
 * Stores the file behind FD, with a reference, in *OUT, for a call that transfers at position POS.
 * 0; -EINVAL: POS is negative; -EBADF; or -ESPIPE: the file has no positions.
 */
[[nodiscard]] int rw_get_seekable(uint64_t fd, uint64_t pos, struct file **out);
/*
 * Moves bytes between F, from *POS on, and the N pieces of the vector at IOV, with FLAGS, RWF_*:
 * how many, or -errno. [do_iter_read]
 */
[[nodiscard]] long rw_transfer_vector(struct file *f, bool write, uint64_t iov, uint64_t n, uint64_t *pos,
				      uint32_t flags);
/* A module's: one operation of F with FLAGS, which are not 0. */
extern long (*rw_with_flags)(struct file *f, bool write, struct uio *u, uint64_t *pos, uint32_t flags);
/* The same at the position of the open file behind FD. */
[[nodiscard]] long rw_vector(uint64_t fd, bool write, uint64_t iov, uint64_t n, uint32_t flags);
