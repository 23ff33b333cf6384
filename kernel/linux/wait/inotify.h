/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify.h - events of files: what inotify.c and sys_inotify.c share.
 */
#pragma once

#include "list.h"
#include "tell.h"
#include "wait.h"

struct file_ops;
struct user;

struct inotify {
	struct user *by;     /* who made the file, and for whom its watches count */
	struct list watches; /* struct watched, by link */
	struct list events;  /* struct queued, by link */
	uint32_t watch_count, event_count, events_max;
	int32_t last; /* the last watch descriptor; they are not used again */
	struct waitq changed;
};

struct watched {
	struct inode_mark mark;
	struct list link;
	struct inotify *owner;
	int32_t wd;
	uint32_t mask;
};

/* As inode_mark.tell, of the mark of a struct watched. */
void inotify_tell(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name);
/* W has ended: queues IN_IGNORED, and frees W. */
void inotify_end_watch(struct watched *w);
/* A file of BY's is gone. */
void inotify_forget_file(struct user *by);
extern const struct file_ops inotify_ops;
