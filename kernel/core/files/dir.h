/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dir.h - reading directories: where getdents64 collects the entries that a directory lists.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dir_sink {
	uint64_t pos;  /* entries before it were read already */
	uint64_t base; /* user buffer: what is left of it */
	uint64_t left;
	bool any;  /* something was written */
	int error; /* -EFAULT, or -EINVAL: the first entry does not fit */
};

/*
 * One entry: MODE gives its type, NEXT is the position behind it. False:
 * the buffer is full or bad, stop.
 */
bool dir_emit(struct dir_sink *sink, const char *name, size_t len, uint64_t ino, uint32_t mode, uint64_t next);

extern const struct file_ops dir_ops;
