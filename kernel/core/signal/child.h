/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * child.h - what a parent can learn about its children, for wait4 (sys_wait.c), waitid and tracers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "usage.h"

struct group;
struct task_part;

/* Which children a wait is for, and which of their events. */
struct child_query {
	int type; /* P_ALL, P_PID, P_PGID */
	uint32_t id;
	uint32_t options; /* WEXITED, WSTOPPED, WCONTINUED, WNOHANG, WNOWAIT, __WALL, __WCLONE */
};

/* What was found. */
struct child_event {
	uint32_t pid, uid;
	int code;	 /* CLD_*; 0: nothing was found */
	uint32_t status; /* wait status word */
	struct usage usage;
	uint64_t time; /* the child's processor time, ns */
};

/*
 * Waits for an event of the current process's children: 0 with *E filled in (code 0: WNOHANG, and
 * there is none), -ECHILD or -ERESTARTSYS. [do_wait]
 */
[[nodiscard]] long child_wait(const struct child_query *q, struct child_event *e);
/* Writes what E's child has used to URUSAGE, unless that is 0: 0 or -EFAULT. */
[[nodiscard]] int child_put_usage(uint64_t urusage, const struct child_event *e);

/*
 * At boot: LOOK finds further events for a process, after those of its own children: an event, or
 * code 0; *ANY: there is somebody to wait for.
 */
void child_also_look(void (*look)(const struct child_query *q, struct child_event *e, bool *any));

/*
 * Called when the last thread of G has ended. Tells the parent; reaps G at once when the parent
 * does not want to wait for it.
 */
void child_ended(struct group *g);

/* Frees what is left of an ended process. */
void child_reap(struct group *g);

/* The part of a task that consists of its memory, for kernel/modules.c. */
extern const struct task_part memory_part;
