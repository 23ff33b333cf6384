/* SPDX-License-Identifier: BSD-2-Clause */
/* fcntl.h - opening files and controlling descriptors. */
#pragma once

#include <sys/types.h>

#include <abi/fcntl.h>

#define O_NDELAY O_NONBLOCK
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

int open(const char *path, int flags, ...);
int openat(int dirfd, const char *path, int flags, ...);
int fcntl(int fd, int command, ...);
