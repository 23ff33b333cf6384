/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dir.h - reading directories: where getdents64 collects the entries that a directory lists.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dir_sink {
	uint64_t pos;  /* the position to go on from */
	uint64_t base; /* the user's buffer: what is left of it */
	uint64_t left;
	bool any;  /* something was written */
	int error; /* -EFAULT, or -EINVAL: the first entry does not fit */
};

/*
 * Adds an entry: MODE has its type, NEXT is the position after it. False: the buffer is full or
 * cannot be written to, so stop.
 */
bool dir_emit(struct dir_sink *sink, const char *name, size_t len, uint64_t ino, uint32_t mode, uint64_t next);

extern const struct file_ops dir_ops;
