/* SPDX-License-Identifier: BSD-2-Clause */
/* errno.h - Linux's error numbers and picolibc's thread-local errno. */
#pragma once

#include <abi/errno.h>

#define ENOTSUP EOPNOTSUPP

typedef int error_t;
extern __thread int errno;
