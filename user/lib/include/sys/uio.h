/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/uio.h - scattered reads and writes. */
#pragma once

#include <sys/types.h>

#define UIO_MAXIOV 1024

struct iovec {
	void *iov_base;
	size_t iov_len;
};

ssize_t readv(int fd, const struct iovec *vector, int count);
ssize_t writev(int fd, const struct iovec *vector, int count);
