/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * part.h - what a task is made of besides itself. A part hears of the steps of a task's life that
 * concern it; who else does, it need not know. kernel/modules.c lists the parts of this image.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct clone_args;
struct group;
struct task;

/* A clone under way. */
struct fork {
	const struct clone_args *args;
	int event;  /* PTRACE_EVENT_* that the tracer wants to see of it, or 0 */
	long pidfd; /* that was made for the child, or -1 */
};

/*
 * Each step may be missing. The order is that of the list, but for fork: that
 * is from the last to the first.
 */
struct task_part {
	uint64_t clone_flags; /* CLONE_* that are -EINVAL without this part */
	/*
	 * CHILD, whom nobody can find yet, becomes one of the current task's: 0 or
	 * -errno, with nothing to give back.
	 */
	int (*fork)(struct task *child, struct fork *f);
	/* Undoes that, because a later part refused. */
	void (*fork_failed)(struct task *child, const struct fork *f);
	/* unshare(2) of the current task, by FLAGS: 0 or -errno. */
	int (*unshare)(uint64_t flags);
	/* The current process, by now one thread, has a new program. */
	void (*exec)(void);
	/* T, which is current, ends: gives up what it holds. LAST: of its process. */
	void (*exit)(struct task *t, bool last);
	/* G's last thread has gone through exit. */
	void (*group_ends)(struct group *g);
	/* G has ended for its parent, too. */
	void (*group_over)(struct group *g);
	/* The memory of T, of G, is about to be freed. */
	void (*free)(struct task *t);
	void (*group_free)(struct group *g);
};

/* kernel/modules.c: ends with NULL. */
extern const struct task_part *const task_parts[];

/*
 * Every part's step, in order. task_parts_fork: 0, or the error of the part
 * that refused, everything undone.
 */
[[nodiscard]] int task_parts_fork(struct task *child, struct fork *f);
[[nodiscard]] int task_parts_unshare(uint64_t flags);
void task_parts_exec(void);
void task_parts_exit(struct task *t, bool last);
void task_parts_group_ends(struct group *g);
void task_parts_group_over(struct group *g);
void task_parts_free(struct task *t);
void task_parts_group_free(struct group *g);
