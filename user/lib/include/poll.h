/* SPDX-License-Identifier: BSD-2-Clause */
/* poll.h - waiting for descriptors. */
#pragma once

#include <abi/poll.h>

typedef unsigned long nfds_t;

int poll(struct pollfd *fds, nfds_t count, int milliseconds);
