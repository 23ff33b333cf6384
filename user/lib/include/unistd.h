/* SPDX-License-Identifier: BSD-2-Clause */
/* unistd.h - picolibc's, with what Linux adds. */
#pragma once

#include_next <unistd.h>

extern char **environ;

long syscall(long number, ...);
pid_t gettid(void);
int brk(void *address);
int pipe2(int fds[2], int flags);
int dup3(int from, int to, int flags);
