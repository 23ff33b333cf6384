/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/stat.h - struct stat is the kernel's own. */
#pragma once

#include <sys/types.h>
#include <time.h>

#include <abi/stat.h>

#define S_ISLNK(mode) (((mode)&S_IFMT) == S_IFLNK)
#define S_ISREG(mode) (((mode)&S_IFMT) == S_IFREG)
#define S_ISDIR(mode) (((mode)&S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode)&S_IFMT) == S_IFCHR)
#define S_ISBLK(mode) (((mode)&S_IFMT) == S_IFBLK)
#define S_ISFIFO(mode) (((mode)&S_IFMT) == S_IFIFO)
#define S_ISSOCK(mode) (((mode)&S_IFMT) == S_IFSOCK)

int stat(const char *restrict path, struct stat *restrict status);
int lstat(const char *restrict path, struct stat *restrict status);
int fstat(int fd, struct stat *status);
int fstatat(int dirfd, const char *restrict path, struct stat *restrict status, int flags);
