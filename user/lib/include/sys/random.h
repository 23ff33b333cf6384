/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/random.h - random bytes from the kernel. */
#pragma once

#include <sys/types.h>

#define GRND_NONBLOCK 0x0001
#define GRND_RANDOM 0x0002
#define GRND_INSECURE 0x0004

ssize_t getrandom(void *buffer, size_t size, unsigned flags);
