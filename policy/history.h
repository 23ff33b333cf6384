/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * history.h - what the tasks of a run did, from its events: who made whom, under which filters,
 * what they called, what they were refused, and how they ended.
 */
#pragma once

#include "events.h"

#define HISTORY_NONE SIZE_MAX

/* What a task did besides calling. */
enum history_kind {
	HISTORY_EXEC,
	HISTORY_INSTALL,
	HISTORY_NOT_INSTALLED,
	HISTORY_GIVEN, /* it has another thread's stack now */
};

struct history_step {
	enum history_kind kind;
	uint64_t time;
	const struct events_filter *filter; /* HISTORY_INSTALL; HISTORY_GIVEN: the newest */
	const char *text; /* the program's path; why it was not installed; why it was given: "tsync" */
};

/* Calls of a task that were not allowed: one for each number, answer and filter. */
struct history_refusal {
	uint32_t nr, ret;
	uint64_t filter; /* its id */
	uint64_t count;
};

struct history_task {
	uint32_t pid, tid;
	size_t parent; /* a task, or HISTORY_NONE */
	const char *comm;
	uint64_t born, end; /* in ns; END is that of the run unless the task is OVER */
	bool over, last;    /* OVER: it has ended; LAST: and its process with it */
	uint32_t status;    /* a wait status, if OVER */
	uint32_t became;    /* if not 0: it is over because it goes on as that one, its leader */
	const struct events_filter *inherited;
	const struct events_task *model; /* its filters at the end */
	struct history_step *steps;
	size_t n_steps, room_steps;
	struct history_refusal *refusals;
	size_t n_refusals, room_refusals;
	uint64_t calls, refused;
	size_t older; /* one in the same place of the table, or HISTORY_NONE */
};

struct history_call {
	uint64_t time;
	uint32_t task, nr, ret;
};

struct history {
	struct arena *arena;
	const struct events_log *log;
	struct history_task *tasks; /* in the order of their birth */
	size_t n, room;
	struct history_call *calls;
	size_t n_calls, room_calls;
	uint64_t start, end; /* ns */
	size_t table[256];
};

void history_init(struct history *h, struct arena *arena, const struct events_log *log);

/* Every record of the run, in order, when the log has taken it. */
void history_take(struct history *h, const struct event *e);

/* "exit 0", "killed by SIGSYS", "ran on", "became 2" */
const char *history_end(struct arena *arena, const struct history_task *t);
