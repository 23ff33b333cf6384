/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify.h - events of files: what inotify.c and sys_inotify.c share. This folder's module.c calls
 * inotify_init().
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

/* W has ended: queues IN_IGNORED, and frees W. */
void inotify_end_watch(struct watched *w);
/* A file of BY's is gone. */
void inotify_forget_file(struct user *by);
extern const struct file_ops inotify_ops;

/* At boot: inotify is told of the events of files from now on. */
void inotify_init(void);
