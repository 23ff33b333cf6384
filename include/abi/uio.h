/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.h - the vector of readv and writev. [linux/uio.h]
 */
#pragma once

#include <stdint.h>

#define UIO_MAXIOV	1024

/* Flags of preadv2 and pwritev2. [linux/fs.h] */
#define RWF_HIPRI	0x01
#define RWF_DSYNC	0x02
#define RWF_SYNC	0x04
#define RWF_NOWAIT	0x08
#define RWF_APPEND	0x10

struct iovec {
	uint64_t iov_base;
	uint64_t iov_len;
};
