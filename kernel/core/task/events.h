/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.h - what is reported to the host of the life of tasks, when somebody asked for it:
 * <portcullis/events.h> has the records. What is reported of verdicts is kernel/gate/report.h's.
 *
 * While reports are off, each place that reports tests one word. kernel/linux/report writes the
 * records; without it they cannot be turned on.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <portcullis/events.h>

struct inode;
struct mm;
struct task;

extern uint32_t events; /* EVENTS_* of the kernel command line; 0: off */

/* All about the current task, and only when events != 0. */
struct event_ops {
	void (*exit)(uint32_t status, bool last);
	void (*fork)(const struct task *child, uint64_t flags);
	/* It has another name. */
	void (*name)(void);
	/* It runs the program at PATH, in MM; its thread id was OLD_TID. */
	void (*exec)(const struct mm *mm, const char *path, uint32_t old_tid);
	/* SIZE bytes of file I, from OFFSET on, can be executed at START. */
	void (*map)(uint64_t start, uint64_t size, uint64_t offset, const struct inode *i);
	/* It has asked for WHAT, which is not there. */
	void (*absent)(const char *what);
};

extern const struct event_ops *event_ops;
