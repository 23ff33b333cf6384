/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libc.c - the part of names.def that Linux does not export, as the build
 * machine's C library defines it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "constants.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/statvfs.h>

#define user_msghdr msghdr

const struct constant libc_has[] = {
#define N(x)
#define LIBC(x) { #x, (unsigned long long)(x) },
#define ALONE(x, value)
#include "names.def"
	{ 0, 0 }
};
