/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shm.h - segments of shared memory, for shm.c and shm_control.c.
 */
#pragma once

#include "ipc.h"

struct inode;

struct shm_segment {
	struct ipc_object object;
	struct inode *inode; /* one reference; each mapping has one, too */
	uint64_t size;	     /* in bytes, as it was asked for, not rounded to pages */
	uint64_t mappings;
	int64_t atime, dtime, ctime;
	uint32_t cpid, lpid;
};

/* IPC_RMID: frees S now, or with its last mapping. */
void shm_remove(struct shm_segment *s);
