/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * child.h - what a parent can learn of its children, for wait4 and waitid
 * (sys_wait.c) and for tracers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "usage.h"

struct group;
struct task_part;

/* Whom a wait is for, and for what. */
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
 * Boot: after its own children a process is shown what LOOK finds: an event, or code 0; *ANY:
 * there is somebody to wait for.
 */
void child_also_look(void (*look)(const struct child_query *q, struct child_event *e, bool *any));

/*
 * The last thread of G has ended. Tells the parent; reaps G at once when
 * the parent wants to know nothing.
 */
void child_ended(struct group *g);

/* Frees what is left of an ended process. */
void child_reap(struct group *g);

/* What the end of a task's memory is, for kernel/modules.c. */
extern const struct task_part memory_part;
