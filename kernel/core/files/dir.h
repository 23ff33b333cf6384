/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dir.h - reading directories: the buffer of getdents64, into which a directory lists its entries.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dir_sink {
	uint64_t pos;  /* the position of the next entry */
	uint64_t base; /* user address of the rest of the buffer, and its size */
	uint64_t left;
	bool any;  /* an entry was written */
	int error; /* 0; -EFAULT; -EINVAL: the first entry does not fit */
};

/*
 * Writes an entry to the buffer. MODE: has its type. NEXT: the position after it. False: the buffer
 * is full or cannot be written to; the caller must list no more.
 */
bool dir_emit(struct dir_sink *sink, const char *name, size_t len, uint64_t ino, uint32_t mode, uint64_t next);

extern const struct file_ops dir_ops;
