/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * part.h - the parts of which a task consists: its memory, files, filters, and so on. A part has a
 * function for each step of a task's life that concerns it, and need not know the other parts.
 * kernel/modules.c lists the parts of this image.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct clone_args;
struct group;
struct task;

/* A clone that is under way. */
struct fork {
	const struct clone_args *args;
	int event;  /* the PTRACE_EVENT_* that the tracer wants of it, or 0 */
	long pidfd; /* the pidfd that was made for the child, or -1 */
};

/* The steps of the end of a process. */
enum group_step {
	GROUP_ENDS, /* all its threads have gone through exit */
	GROUP_OVER, /* it has ended, no tracer must still see its threads; its parent or tracer is told next */
	GROUP_FREE, /* it has left all lists and is about to be freed */
	GROUP_STEPS,
};

/*
 * Each function may be missing. They are called in the order of the list of parts; only fork goes
 * from the last part to the first.
 */
struct task_part {
	uint64_t clone_flags; /* the CLONE_* that it serves: without it they are -EINVAL */
	/*
	 * The current task forks CHILD, which nobody can find yet. 0, or -errno with nothing to
	 * undo.
	 */
	int (*fork)(struct task *child, struct fork *f);
	/* Undoes fork, because a later part failed. */
	void (*fork_failed)(struct task *child, const struct fork *f);
	/* Does its part of unshare(2) by the current task, with FLAGS: 0 or -errno. */
	int (*unshare)(uint64_t flags);
	/* The current process, which has one thread by now, is about to become another program. */
	void (*exec)(void);
	/*
	 * T, which is current, ends: gives up what it holds. LAST: it is the last thread of its
	 * process.
	 */
	void (*exit)(struct task *t, bool last);
	/* T has left all lists and is about to be freed. */
	void (*free)(struct task *t);
	void (*group[GROUP_STEPS])(struct group *g);
};

/* In kernel/modules.c; a NULL ends the list. */
extern const struct task_part *const task_parts[];

/*
 * Each of these calls one function of all parts. task_parts_fork(): 0, or the error of the part
 * that failed, and those before it have undone what they did. task_parts_unshare(): 0, or the error
 * of the first part that failed.
 */
[[nodiscard]] int task_parts_fork(struct task *child, struct fork *f);
[[nodiscard]] int task_parts_unshare(uint64_t flags);
void task_parts_exec(void);
void task_parts_exit(struct task *t, bool last);
void task_parts_free(struct task *t);
void task_parts_group(struct group *g, enum group_step step);
