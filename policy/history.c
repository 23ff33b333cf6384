/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * history.c - see history.h.
 */
#include "history.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "arena.h"

void history_init(struct history *h, struct arena *arena, const struct events_log *log)
{
	*h = (struct history){ .arena = arena, .log = log };
	for (size_t i = 0; i < sizeof(h->table) / sizeof(h->table[0]); i++)
		h->table[i] = HISTORY_NONE;
}

/* ---- tasks ---- */

static size_t *bucket_of(struct history *h, uint32_t tid)
{
	return &h->table[tid % (sizeof(h->table) / sizeof(h->table[0]))];
}

/* The youngest one of that tid, or HISTORY_NONE. */
static size_t find_task(struct history *h, uint32_t tid)
{
	size_t i = *bucket_of(h, tid);

	while (i != HISTORY_NONE && h->tasks[i].tid != tid)
		i = h->tasks[i].older;
	return i;
}

static size_t add_task(struct history *h, uint32_t pid, uint32_t tid, const struct event *e)
{
	size_t *bucket = bucket_of(h, tid);

	h->tasks = arena_grow(h->arena, h->tasks, h->n, 1, sizeof(*h->tasks), &h->room);
	h->tasks[h->n] = (struct history_task){
		.pid = pid,
		.tid = tid,
		.parent = HISTORY_NONE,
		.comm = arena_copy(h->arena, e->comm, strnlen(e->comm, sizeof(e->comm))),
		.born = e->time,
		.model = events_find_task(h->log, tid),
		.older = *bucket,
	};
	*bucket = h->n;
	return h->n++;
}

static struct history_task *task_of(struct history *h, const struct event *e)
{
	size_t i = find_task(h, e->tid);

	if (i == HISTORY_NONE || h->tasks[i].over)
		i = add_task(h, e->pid, e->tid, e);
	return &h->tasks[i];
}

static void name_task(struct history *h, struct history_task *t, const struct event *e)
{
	const size_t n = strnlen(e->comm, sizeof(e->comm));

	if (strlen(t->comm) != n || memcmp(t->comm, e->comm, n) != 0)
		t->comm = arena_copy(h->arena, e->comm, n);
}

/* ---- what they do ---- */

static void add_step(struct history *h, struct history_task *t, const struct history_step *step)
{
	t->steps = arena_grow(h->arena, t->steps, t->n_steps, 1, sizeof(*t->steps), &t->room_steps);
	t->steps[t->n_steps++] = *step;
}

/* The string that ends E, which begins behind FROM bytes of its body. */
static const char *tail_text(struct history *h, const struct event *e, size_t from)
{
	const char *text = (const char *)event_body(e) + from;

	return arena_copy(h->arena, text, strnlen(text, e->size - sizeof(*e) - from));
}

static void take_call(struct history *h, struct history_task *t, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct history_refusal *r = t->refusals;

	h->calls = arena_grow(h->arena, h->calls, h->n_calls, 1, sizeof(*h->calls), &h->room_calls);
	h->calls[h->n_calls++] =
		(struct history_call){ e->time, (uint32_t)(t - h->tasks), (uint32_t)call->data.nr, call->ret };
	t->calls++;
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
		return;
	t->refused++;
	for (; r < t->refusals + t->n_refusals; r++) {
		if (r->nr == (uint32_t)call->data.nr && r->ret == call->ret && r->filter == call->id) {
			r->count++;
			return;
		}
	}
	t->refusals = arena_grow(h->arena, t->refusals, t->n_refusals, 1, sizeof(*t->refusals), &t->room_refusals);
	t->refusals[t->n_refusals++] = (struct history_refusal){ (uint32_t)call->data.nr, call->ret, call->id, 1 };
}

static void take_fork(struct history *h, size_t parent, const struct event *e)
{
	const struct event_fork *fork = event_body(e);
	const size_t child = add_task(h, fork->pid, fork->tid, e);

	h->tasks[child].parent = parent;
	h->tasks[child].inherited = h->tasks[child].model != NULL ? h->tasks[child].model->newest : NULL;
}

/* Of a thread that execs: it goes on under the id of its leader, whose process this stays. */
static void take_over(struct history *h, const struct event *e)
{
	const struct event_exec *exec = event_body(e);
	const size_t old = find_task(h, exec->old_tid), leader = find_task(h, e->tid);

	if (exec->old_tid == e->tid || old == HISTORY_NONE || leader == HISTORY_NONE)
		return;
	h->tasks[old].over = true;
	h->tasks[old].end = e->time;
	h->tasks[old].became = e->tid;
	h->tasks[leader].over = false;
	h->tasks[leader].model = events_find_task(h->log, e->tid);
	if (h->tasks[leader].model->newest != NULL)
		add_step(h, &h->tasks[leader],
			 &(struct history_step){ HISTORY_GIVEN, e->time, h->tasks[leader].model->newest,
						 arena_print(h->arena, "from %" PRIu32, exec->old_tid) });
}

static void take_install(struct history *h, struct history_task *t, const struct event *e)
{
	const struct event_install *install = event_body(e);
	const struct events_filter *filter = events_find_filter(h->log, install->id);

	add_step(h, t, &(struct history_step){ HISTORY_INSTALL, e->time, filter, "" });
	if (!(install->flags & SECCOMP_FILTER_FLAG_TSYNC))
		return;
	for (struct history_task *other = h->tasks; other < h->tasks + h->n; other++)
		if (other != t && other->pid == t->pid && !other->over)
			add_step(h, other, &(struct history_step){ HISTORY_GIVEN, e->time, filter, "tsync" });
}

void history_take(struct history *h, const struct event *e)
{
	struct history_task *t;

	if (h->n == 0)
		h->start = e->time;
	h->end = e->time;
	if (e->type == EVENT_START || e->type == EVENT_END || e->type == EVENT_COUNT)
		return;
	if (e->type == EVENT_EXEC)
		take_over(h, e);
	t = task_of(h, e);
	name_task(h, t, e);
	t->end = e->time;
	switch (e->type) {
	case EVENT_CALL:
		take_call(h, t, e);
		break;
	case EVENT_INSTALL:
		take_install(h, t, e);
		break;
	case EVENT_REFUSED:
		add_step(h, t,
			 &(struct history_step){ HISTORY_NOT_INSTALLED, e->time, NULL, event_reason(h->arena, e) });
		break;
	case EVENT_FORK:
		take_fork(h, (size_t)(t - h->tasks), e);
		break;
	case EVENT_EXEC:
		add_step(h, t,
			 &(struct history_step){ HISTORY_EXEC, e->time, NULL,
						 tail_text(h, e, sizeof(struct event_exec)) });
		break;
	case EVENT_EXIT: {
		const struct event_exit *exit = event_body(e);

		t->over = true;
		t->last = exit->last != 0;
		t->status = exit->status;
		break;
	}
	default:
		break;
	}
}

const char *history_end(struct arena *arena, const struct history_task *t)
{
	const char *signal;

	if (!t->over)
		return "ran on";
	if (t->became != 0)
		return arena_print(arena, "became %" PRIu32, t->became);
	if (WIFEXITED((int)t->status))
		return arena_print(arena, "exit %d", WEXITSTATUS((int)t->status));
	signal = sigabbrev_np(WTERMSIG((int)t->status));
	return signal != NULL ? arena_print(arena, "killed by SIG%s", signal)
			      : arena_print(arena, "killed by signal %d", WTERMSIG((int)t->status));
}
