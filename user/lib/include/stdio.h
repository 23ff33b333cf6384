/* SPDX-License-Identifier: BSD-2-Clause */
/* stdio.h - picolibc's, with POSIX's dprintf. */
#pragma once

#include_next <stdio.h>

int dprintf(int fd, const char *format, ...) __attribute__((format(printf, 2, 3)));
int vdprintf(int fd, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
