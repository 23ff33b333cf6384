/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * part.h - the parts that a task is made of. A part has a function for each step of a task's life
 * that concerns it, and need not know the other parts. kernel/modules.c lists the parts of this
 * image.
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
	int event;  /* PTRACE_EVENT_* with which the tracer wants to see it, or 0 */
	long pidfd; /* the pidfd that was made for the child, or -1 */
};

/*
 * Each function may be missing. They are called in the order of the list of parts; only fork goes
 * from the last part to the first.
 */
struct task_part {
	uint64_t clone_flags; /* CLONE_* that are -EINVAL without this part */
	/*
	 * The current task forks CHILD, which nobody can find yet. 0, or -errno with nothing to
	 * undo.
	 */
	int (*fork)(struct task *child, struct fork *f);
	/* Undoes fork, because a later part failed. */
	void (*fork_failed)(struct task *child, const struct fork *f);
	/* unshare(2) by the current task, with FLAGS: 0 or -errno. */
	int (*unshare)(uint64_t flags);
	/* The current process, which has one thread by now, has a new program. */
	void (*exec)(void);
	/*
	 * T, which is current, ends: gives up what it holds. LAST: it is the last thread of its
	 * process.
	 */
	void (*exit)(struct task *t, bool last);
	/* All threads of G have gone through exit. */
	void (*group_ends)(struct group *g);
	/* G has ended, and no tracer has to see that any more: its parent is told next. */
	void (*group_over)(struct group *g);
	/* The memory of T (of G) is about to be freed. */
	void (*free)(struct task *t);
	void (*group_free)(struct group *g);
};

/* In kernel/modules.c; a NULL ends the list. */
extern const struct task_part *const task_parts[];

/*
 * These call the function of each part, in order. task_parts_fork(): 0, or the error of the part
 * that failed, with everything undone.
 */
[[nodiscard]] int task_parts_fork(struct task *child, struct fork *f);
[[nodiscard]] int task_parts_unshare(uint64_t flags);
void task_parts_exec(void);
void task_parts_exit(struct task *t, bool last);
void task_parts_group_ends(struct group *g);
void task_parts_group_over(struct group *g);
void task_parts_free(struct task *t);
void task_parts_group_free(struct group *g);
