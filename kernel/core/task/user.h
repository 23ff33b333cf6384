/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user.h - what users have of things of which there is a limit for each user. [linux/sched/user.h]
 */
#pragma once

#include <stdint.h>

#include "hash.h"

struct user {
	struct hashed hashed; /* by uid */
	uint32_t uid, refs;
	uint32_t tasks; /* threads whose real user this is; each has a reference */
	uint32_t inotify_files, inotify_watches;
	uint64_t files_in_flight;
	uint64_t pipe_pages;   /* of all pipes */
	uint64_t mqueue_bytes; /* what POSIX message queues count for */
};

/* The user UID, with a reference for whatever is to be counted; NULL: no memory. [alloc_uid] */
struct user *user_get(uint32_t uid);
/* Gives up a reference. With the last one, nothing is counted any more. [free_uid] */
void user_put(struct user *u);
