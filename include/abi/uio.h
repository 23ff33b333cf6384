/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.h - the vector of readv and writev. [linux/uio.h]
 */
#pragma once

#include <stdint.h>

#define UIO_MAXIOV	1024

struct iovec {
	uint64_t iov_base;
	uint64_t iov_len;
};
