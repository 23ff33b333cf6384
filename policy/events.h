/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.h - the records that a run left, as the kernel wrote them (<portcullis/events.h>) or as
 * lines of JSON (events_json.h), one after the other, with a model of what they tell: which filters
 * there are, and which task stands under which.
 *
 * The model is what the records are checked against: the stack that a call names must be the one
 * that installs and forks led to, and its verdict the one that the library gives to the same call.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <portcullis/events.h>

#include "arena.h"
#include "seccomp.h"

struct events_filter {
	struct seccomp_filter node;
	uint32_t boot;	/* n: from the n-th -f of the run; 0: a program installed it */
	uint32_t flags; /* SECCOMP_FILTER_FLAG_* */
	uint32_t pid, tid;
	struct events_filter *next;
};

struct events_task {
	uint32_t pid, tid;
	uint32_t parent; /* tid; 0: not known */
	bool ended;
	struct events_filter *newest;
	struct events_task *next;
};

struct events_log {
	struct arena *arena;
	const char *name;
	const uint8_t *data;
	size_t size, at;
	bool lines; /* it is JSON */
	struct arena scratch;
	uint64_t records;
	uint64_t time;	     /* of the last one */
	bool may_suspend;    /* a tracer asked for PTRACE_O_SUSPEND_SECCOMP */
	uint32_t asked;	     /* EVENTS_* of the run */
	bool complete;	     /* its last record was there */
	uint32_t status;     /* of the machine, if complete */
	const char *trouble; /* why events_next() stopped before the end, or what a check found; NULL: nothing */
	struct events_filter *filters;
	struct events_task *tasks[256]; /* by tid, the youngest first */
};

/*
 * Opens the file NAME, of either form. Its records stay where they are as long as ARENA. False:
 * log->trouble says why.
 */
bool events_open(struct events_log *log, struct arena *arena, const char *name);

/*
 * The next record, with the model brought up to it; NULL at the end of the file, or,
 * log->trouble being set, where the file is not what a kernel writes: malformed, a record lost,
 * a verdict that the filters do not give.
 */
const struct event *events_next(struct events_log *log);

/* What stands behind a record's head. */
static inline const void *event_body(const struct event *e)
{
	return e + 1;
}

/* Of an EVENT_CALL: the answers, newest filter first, and what arguments pointed to. */
const struct event_answer *event_answers(const struct event *e);
const struct event_memory *event_memories(const struct event *e);

/* Of a call or a filter that was not allowed: the call's registers and stack; NULL: not told. */
const struct event_frame *event_frame(const struct event *e);

/*
 * Of an EVENT_REFUSED: at which byte of its body the reason begins; and that reason, with the
 * instruction that is to blame.
 */
size_t event_reason_at(const struct event *e);
const char *event_reason(struct arena *arena, const struct event *e);

/* The filter of that id, or NULL. */
struct events_filter *events_find_filter(const struct events_log *log, uint64_t id);

/* The task of that tid that lives, or NULL. */
struct events_task *events_find_task(const struct events_log *log, uint32_t tid);

/* Has the process of E another thread than E's? */
bool events_has_others(const struct events_log *log, const struct event *e);
