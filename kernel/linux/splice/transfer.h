/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * transfer.h - what preadv2 and pwritev2 add to readv and writev.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct uio;

/* In sys_preadv.c: what rw_with_flags promises. */
[[nodiscard]] long splice_transfer_with(struct file *f, bool write, struct uio *u, uint64_t *pos, uint32_t flags);
