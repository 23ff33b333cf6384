/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/mman.h - memory mappings. */
#pragma once

#include <sys/types.h>

#include <abi/mman.h>

#define MAP_ANON MAP_ANONYMOUS
#define MAP_FAILED ((void *)-1)

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset);
int munmap(void *address, size_t size);
int mprotect(void *address, size_t size, int protection);
int madvise(void *address, size_t size, int advice);
