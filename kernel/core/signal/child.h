/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * child.h - waiting for children: what wait4 (sys_wait.c), waitid and tracers learn about them, and
 * the end of a process.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "usage.h"

struct group;
struct task;
struct task_part;

/* Which children a wait is for, and which of their events. */
struct child_query {
	int type; /* P_ALL, P_PID, P_PGID */
	uint32_t id;
	uint32_t options; /* WEXITED, WSTOPPED, WCONTINUED, WNOHANG, WNOWAIT, __WALL, __WCLONE */
};

/* An event of a child. */
struct child_event {
	uint32_t pid, uid; /* as the waiting process sees them */
	int code;	   /* CLD_*; 0: nothing was found */
	uint32_t status;   /* wait status word */
	struct usage usage;
	uint64_t time; /* the child's processor time, ns */
};

/*
 * Waits for an event of the current process's children. 0: *E is filled in; its code is 0 if there
 * is none and Q has WNOHANG. -ECHILD: there is no child to wait for. -ERESTARTSYS: a signal came.
 * [do_wait]
 */
[[nodiscard]] long child_wait(const struct child_query *q, struct child_event *e);
/* Writes what E's child has used to user address URUSAGE, unless that is 0: 0 or -EFAULT. */
[[nodiscard]] int child_put_usage(uint64_t urusage, const struct child_event *e);

/*
 * At boot: LOOK is asked, after the current process's own children, for events of others, such as
 * tracees. It fills in *E (code 0: no event), and sets *ANY if there is somebody to wait for.
 */
void child_also_look(void (*look)(const struct child_query *q, struct child_event *e, bool *any));

/*
 * Called when the last thread of G has ended. Tells G's parent, or its tracer first; frees G at
 * once if the parent does not want to wait for it.
 */
void child_ended(struct group *g);

/*
 * The thread that has made CHILD's process or, if that has ended, another thread of the parent.
 * NULL: all have ended. [find_alive_thread]
 */
struct task *child_parent_thread(const struct task *child);

/* Frees what is left of G, which has ended. [release_task] */
void child_reap(struct group *g);
/* The same for the current process, which has waited for G: adds what G has used, as E says. */
void child_take(struct group *g, const struct child_event *e);

/* The part of a task that consists of its memory, for kernel/modules.c. */
extern const struct task_part memory_part;
