/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.h - reports to the host about the life of tasks, if the command line asks for them.
 * <portcullis/events.h> has the records; kernel/gate/report.h reports verdicts.
 *
 * kernel/linux/report writes the records; without it the boot ends if they are asked for. While
 * reports are off, each place that would report only tests `events`.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <portcullis/events.h>

struct inode;
struct mm;
struct task;

extern uint32_t events; /* EVENTS_* of the kernel command line; 0: off */

/* Each function reports what the current task does, and is called only when events != 0. */
struct event_ops {
	/* It ends, with the wait STATUS. LAST: it is the last thread of its process. */
	void (*exit)(uint32_t status, bool last);
	/* It has made CHILD, by a clone with FLAGS. */
	void (*fork)(const struct task *child, uint64_t flags);
	/* It has changed its name. */
	void (*name)(void);
	/* It has become the program at PATH, in MM; its thread id was OLD_TID. */
	void (*exec)(const struct mm *mm, const char *path, uint32_t old_tid);
	/* It has mapped SIZE bytes of file I, from OFFSET on, at START, executable. */
	void (*map)(uint64_t start, uint64_t size, uint64_t offset, const struct inode *i);
	/* It has asked for WHAT, which this kernel lacks. */
	void (*absent)(const char *what);
};

extern const struct event_ops *event_ops;
