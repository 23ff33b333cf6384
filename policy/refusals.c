/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refusals.c - see refusals.h.
 */
#include "refusals.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/syscall.h>

#include "action_words.h"
#include "constants.h"
#include "names.h"
#include "pointee.h"
#include "say.h"
#include "show.h"
#include "where_given.h"

#define FRAMES_MAX 16U

static const char *say_callers(struct refusals *r, const struct where_frame *frames, unsigned int n)
{
	const char *text = "";

	/* What calls main() is the C library's. */
	for (unsigned int i = 0; i + 1 < n; i++)
		if (frames[i].function != NULL && strcmp(frames[i].function, "main") == 0)
			n = i + 1;
	for (unsigned int i = 1; i < n; i++)
		text = arena_print(&r->in->arena, "%s%s%s", text, i == 1 ? "" : " < ",
				   where_text(&r->in->arena, &frames[i], r->program));
	return frames[n - 1].cut ? arena_print(&r->in->arena, "%s%s...", text, *text == '\0' ? "" : " < ") : text;
}

static uint32_t hash_text(uint32_t h, const char *text)
{
	for (; *text != '\0'; text++)
		h = (h ^ (uint8_t)*text) * 0x01000193U;
	return h;
}

/* Hash of what tells rows apart. */
static uint32_t hash_row(const struct refusal *row)
{
	const char *const texts[] = { row->answer, row->at, row->callers, row->by };
	uint32_t h = (uint32_t)row->data.nr;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		h = hash_text(h, texts[i]);
	return h;
}

static bool same_row(const struct refusal *a, const struct refusal *b)
{
	return a->hash == b->hash && a->data.nr == b->data.nr && strcmp(a->answer, b->answer) == 0 &&
	       strcmp(a->at, b->at) == 0 && strcmp(a->callers, b->callers) == 0 && strcmp(a->by, b->by) == 0;
}

/* The row that R has like ROW; a new one is a copy of it. */
static struct refusal *find_row(struct refusals *r, struct refusal *row)
{
	struct refusal **bucket;

	row->hash = hash_row(row);
	bucket = &r->table[row->hash % (sizeof(r->table) / sizeof(r->table[0]))];
	for (struct refusal *old = *bucket; old != NULL; old = old->same)
		if (same_row(old, row))
			return old;
	row->same = *bucket;
	*r->last = *bucket = arena_zalloc(&r->in->arena, sizeof(**r->last));
	**r->last = *row;
	r->last = &(*r->last)->next;
	return *bucket;
}

/* Counts a call, CALL with its arguments, to the row like WHAT. */
static void add_call(struct refusals *r, struct refusal *what, const char *call)
{
	struct refusal *row = find_row(r, what);
	const uint32_t hash = hash_text(row->hash, call);
	struct refusal_kind **bucket = &r->kinds[hash % (sizeof(r->kinds) / sizeof(r->kinds[0]))], *kind = *bucket;

	row->count++;
	row->by_others |= row->tid != what->tid;
	row->others_live |= what->others_live;
	while (kind != NULL && (kind->hash != hash || kind->row != row || strcmp(kind->call, call) != 0))
		kind = kind->same;
	if (kind != NULL)
		return;
	kind = arena_zalloc(&r->in->arena, sizeof(*kind));
	*kind = (struct refusal_kind){ row, call, hash, *bucket };
	*bucket = kind;
	if (row->kinds < REFUSAL_CALLS)
		row->calls[row->kinds] = call;
	row->kinds++;
}

bool refusals_prove(struct refusals *r)
{
	if (r->has_policies && !r->proved) {
		r->has_policies = run_stack_prove(&r->run, &r->asker);
		r->proved = true;
	}
	return r->has_policies;
}

/* What of the task's stack let the call pass: rules of the policies, and filters without one. */
static const char *passed_by(struct refusals *r, const struct event *e, bool *boot)
{
	const struct event_call *call = event_body(e);
	const struct events_task *t = events_find_task(&r->log, e->tid);
	const char *text = "";

	*boot = false;
	if (e->flags & EVENT_CALL_STRICT)
		return "mode strict";
	if (e->flags & EVENT_CALL_SUSPENDED)
		return "its filters are suspended by a tracer";
	if (t == NULL || t->newest == NULL)
		return "no filter";
	for (const struct events_filter *f = t->newest; f != NULL; f = (const struct events_filter *)f->node.prev) {
		const bool known = f->boot != 0 && f->boot <= r->run.side.n && refusals_prove(r);
		const char *why = known ? run_stack_why(&r->in->arena, r->run.policies[f->boot - 1], &call->data)
					: arena_print(&r->in->arena, "filter %" PRIu64, f->node.id);

		*boot |= known;
		text = arena_print(&r->in->arena, "%s%s%s", text, *text == '\0' ? "" : ", ", why);
	}
	return text;
}

static void take_allowed(struct refusals *r, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct refusal row = { .data = call->data,
			       .pid = e->pid,
			       .tid = e->tid,
			       .in_name = "",
			       .ret = call->ret,
			       .allowed = true,
			       .callers = "" };
	struct where_frame frame;

	if (!call_list_has(&r->explain, call->data.nr))
		return;
	where_look(r->where, e, &frame, 1);
	row.answer = say_answer(&r->in->arena, call->ret);
	row.at = where_text(&r->in->arena, &frame, r->program);
	row.by = passed_by(r, e, &row.boot);
	add_call(r, &row, pointee_call(&r->in->arena, e));
}

/* Do all filters of the stack allow the call but the one that decided? */
static bool others_allow(const struct event *e)
{
	const struct event_call *call = event_body(e);
	const struct event_answer *answers = event_answers(e);

	for (uint32_t i = 0; i < call->answers; i++)
		if (answers[i].id != call->id && answers[i].pc != EVENT_PC_UNBOUND &&
		    (answers[i].ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ALLOW)
			return false;
	return call->answers > 1;
}

static const char *say_comm(struct arena *arena, const struct event *e)
{
	return say_escaped(arena, e->comm, strnlen(e->comm, sizeof(e->comm)));
}

/* Has the task the name that the program gave it, and not one of its own? */
static bool is_comm_of(const struct event *e, const char *program)
{
	const char *slash = program != NULL ? strrchr(program, '/') : NULL;
	const char *name = slash != NULL ? slash + 1 : program;

	return name == NULL || strncmp(e->comm, name, sizeof(e->comm) - 1) == 0;
}

/* Which lines of the program made the call that E tells of. */
static void find_callers(struct refusals *r, const struct event *e, struct refusal *row)
{
	struct where_frame frames[FRAMES_MAX];
	const unsigned int n = where_look(r->where, e, frames, FRAMES_MAX);

	row->at = row->at_launch ? "the launcher" : where_text(&r->in->arena, &frames[0], r->program);
	if (!is_comm_of(e, r->program))
		row->in_name = arena_print(&r->in->arena, ", in \"%s\"", say_comm(&r->in->arena, e));
	row->callers = say_callers(r, frames, n);
}

/* A filter that was not installed, told as the call that was to install it. */
static void take_install(struct refusals *r, const struct event *e)
{
	const struct event_refused *refused = event_body(e);
	const struct event_frame *frame = event_frame(e);
	const char *name = strerrorname_np(refused->error);
	struct arena *arena = &r->in->arena;
	struct refusal row = {
		.pid = e->pid,
		.tid = e->tid,
		.in_name = "",
		.ret = SECCOMP_RET_ERRNO | ((uint32_t)refused->error & SECCOMP_RET_DATA),
		.install = true,
		.asks = refused->error == EFAULT && refused->length == 0,
		.answer = name != NULL ? name : "an errno",
		.at = "a place that was not recorded",
		.callers = "",
		.data.nr = frame == NULL ? __NR_seccomp : (int)frame->x[17],
	};
	const char *call =
		frame == NULL ? "seccomp(...)" : constant_print_call(arena, (uint32_t)frame->x[17], &frame->x[10]);

	if (frame != NULL)
		find_callers(r, e, &row);
	row.by = arena_print(arena, "no filter was installed: %s", event_reason(arena, e));
	r->not_installed++;
	add_call(r, &row, call);
}

static void take_call(struct refusals *r, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct refusal row = { .data = call->data, .pid = e->pid, .tid = e->tid, .in_name = "", .ret = call->ret };
	const struct events_filter *f = events_find_filter(&r->log, call->id);

	r->calls++;
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW) {
		take_allowed(r, e);
		return;
	}
	if (action_runs(call->ret)) {
		r->logged++;
	} else {
		r->refused++;
		row.unexpected = !call_list_has(&r->expect, call->data.nr);
		r->unexpected += row.unexpected;
	}
	row.boot = f != NULL && f->boot != 0;
	row.filter = f;
	row.others_allow = others_allow(e);
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_KILL_THREAD)
		row.others_live = events_has_others(&r->log, e);
	row.at_launch =
		e->pid == 2 && strncmp(e->comm, "launcher", sizeof(e->comm)) == 0 && call->data.nr == __NR_execve;
	row.answer = say_answer(&r->in->arena, call->ret);
	find_callers(r, e, &row);
	row.by = call->id == 0 ? e->flags & EVENT_CALL_STRICT ? "mode strict" : "no filter"
			       : arena_print(&r->in->arena, "filter %" PRIu64 ", instruction %u", call->id, call->pc);
	add_call(r, &row, pointee_call(&r->in->arena, e));
}

static enum status read_policies(struct refusals *r)
{
	struct stack *stack = arena_zalloc(&r->in->arena, sizeof(*stack));

	*stack = new_stack(r->in);
	if (!read_stack(r->in, stack, 0, 0))
		return STATUS_BAD;
	r->has_policies = stack->depth > 0;
	return run_stack_make(r->in, stack, NULL, &r->run);
}

enum status refusals_open(struct refusals *r, struct invocation *in)
{
	const struct where_options *options = where_given(in);
	enum status status;

	*r = (struct refusals){ .in = in };
	r->last = &r->rows;
	if (options == NULL || !call_list_read(in, "explain", true, &r->explain) ||
	    !call_list_read(in, "expect", false, &r->expect))
		return STATUS_BAD;
	if (in->n_operands != 1)
		return bad_usage(in, "one FILE is wanted");
	if (!events_open(&r->log, &in->arena, in->operands[0])) {
		complain("portcullis: %s\n", r->log.trouble);
		return STATUS_BAD;
	}
	status = ask_begin(in, &r->asker);
	if (status == STATUS_YES)
		status = read_policies(r);
	r->proved = option(in, "proved") != NULL;
	r->where = where_create(&in->arena, options);
	if (status != STATUS_YES)
		refusals_close(r);
	return status;
}

void refusals_close(struct refusals *r)
{
	where_free(r->where);
	(void)ask_end(&r->asker, STATUS_YES, r->run.stack, NULL);
}

/*
 * Is the filter of a -f of the run what the policy in its place is compiled to? If not, the rules
 * are not those that decided, and are not told.
 */
static void check_policy(struct refusals *r, const struct event *e)
{
	const struct event_install *install = event_body(e);
	const struct seccomp_filter *f = r->run.newest;

	while (f != NULL && f->id != install->boot)
		f = f->prev;
	if (!r->has_policies || f == NULL ||
	    (f->program->len == install->length &&
	     memcmp(f->program->insns, install + 1, install->length * sizeof(struct sock_filter)) == 0))
		return;
	r->foreign = arena_print(&r->in->arena, "filter %" PRIu32 " of the run is not %s: its rules are not told",
				 install->boot, r->run.policies[f->id - 1]->name);
	complain("portcullis: warning: %s\n", r->foreign);
	r->has_policies = false;
}

const struct event *refusals_next(struct refusals *r)
{
	const struct event *e = events_next(&r->log);

	if (e == NULL)
		return NULL;
	where_take(r->where, e);
	if (e->type == EVENT_EXEC) {
		const char *path = (const char *)event_body(e) + sizeof(struct event_exec);

		r->program = arena_copy(&r->in->arena, path,
					strnlen(path, e->size - sizeof(*e) - sizeof(struct event_exec)));
	}
	r->has_children |= e->type == EVENT_FORK;
	if (e->type == EVENT_INSTALL)
		check_policy(r, e);
	if (e->type == EVENT_REFUSED)
		take_install(r, e);
	if (e->type == EVENT_CALL)
		take_call(r, e);
	return e;
}
