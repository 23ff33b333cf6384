/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_refusals.c - `portcullis refusals`: what a run was refused, by whom, and which line of the program asked.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "disasm.h"
#include "events.h"
#include "pointee.h"
#include "where.h"

/* Refusals that differ in nothing that is printed are one row. */
struct row {
	const char *call, *answer, *at, *callers, *by;
	uint64_t count;
	struct row *next;
};

struct refusals {
	struct invocation *in;
	struct events_log log;
	struct where *where;
	const char *program; /* path of the last one that was started by the kernel */
	struct row *rows, **last;
	uint64_t calls, refused;
};

#define FRAMES_MAX 16U

static const char *callers(struct refusals *r, const struct where_frame *frames, unsigned int n)
{
	const char *text = "";

	for (unsigned int i = 1; i < n; i++)
		text = arena_print(&r->in->arena, "%s%s%s", text, i == 1 ? "" : " < ",
				   where_text(&r->in->arena, &frames[i], r->program));
	return text;
}

static void add_row(struct refusals *r, const struct row *row)
{
	for (struct row *old = r->rows; old != NULL; old = old->next)
		if (strcmp(old->call, row->call) == 0 && strcmp(old->answer, row->answer) == 0 &&
		    strcmp(old->at, row->at) == 0 && strcmp(old->callers, row->callers) == 0 &&
		    strcmp(old->by, row->by) == 0) {
			old->count++;
			return;
		}
	*r->last = arena_zalloc(&r->in->arena, sizeof(**r->last));
	**r->last = *row;
	r->last = &(*r->last)->next;
}

static void take_call(struct refusals *r, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct where_frame frames[FRAMES_MAX];
	char answer[SECCOMP_TEXT_MAX];
	struct row row = { .count = 1 };
	unsigned int n;

	r->calls++;
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
		return;
	r->refused++;
	seccomp_answer_text(answer, call->ret);
	n = where_look(r->where, e, frames, FRAMES_MAX);
	row.call = pointee_call(&r->in->arena, e);
	row.answer = arena_copy(&r->in->arena, answer, strlen(answer));
	row.at = where_text(&r->in->arena, &frames[0], r->program);
	row.callers = callers(r, frames, n);
	row.by = call->id == 0 ? e->flags & EVENT_CALL_STRICT ? "mode strict" : "no filter"
			       : arena_print(&r->in->arena, "filter %" PRIu64 ", instruction %u", call->id, call->pc);
	add_row(r, &row);
}

static void print(const struct refusals *r)
{
	FILE *to = r->in->out;

	fprintf(to, "%" PRIu64 " calls, %" PRIu64 " refused\n", r->calls, r->refused);
	for (const struct row *row = r->rows; row != NULL; row = row->next) {
		fprintf(to, "  %s  %s", row->call, row->answer);
		if (row->count > 1)
			fprintf(to, "  %" PRIu64 " times", row->count);
		fprintf(to, "\n      at %s", row->at);
		if (row->callers[0] != '\0')
			fprintf(to, "\n      called by %s", row->callers);
		fprintf(to, "\n      by %s\n", row->by);
	}
}

/* GUEST=HOST */
static bool add_file(struct invocation *in, struct where_options *options, const char *text)
{
	const char *equals = strchr(text, '=');
	struct where_file *f;

	if (equals == NULL)
		return false;
	f = arena_zalloc(&in->arena, sizeof(*f));
	*f = (struct where_file){ arena_copy(&in->arena, text, (size_t)(equals - text)), equals + 1, options->files };
	options->files = f;
	return true;
}

static enum status run_refusals(struct invocation *in)
{
	struct where_options options = { .root = option(in, "root"), .programs = option(in, "programs") };
	struct refusals r = { .in = in };

	r.last = &r.rows;
	if (in->n_operands != 1)
		return bad_usage(in, "one FILE is wanted");
	for (size_t i = 0; i < in->n_given; i++)
		if (strcmp(in->given[i].name, "program") == 0 && !add_file(in, &options, in->given[i].value))
			return bad_usage(in, "--program is GUEST=HOST");
	if (!events_open(&r.log, &in->arena, in->operands[0])) {
		fprintf(stderr, "portcullis: %s\n", r.log.trouble);
		return STATUS_BAD;
	}
	r.where = where_create(&in->arena, &options);
	for (const struct event *e; (e = events_next(&r.log)) != NULL;) {
		where_take(r.where, e);
		if (e->type == EVENT_EXEC)
			r.program = arena_copy(&in->arena, (const char *)event_body(e) + sizeof(struct event_exec),
					       strnlen((const char *)event_body(e) + sizeof(struct event_exec),
						       e->size - sizeof(*e) - sizeof(struct event_exec)));
		if (e->type == EVENT_CALL)
			take_call(&r, e);
	}
	where_free(r.where);
	print(&r);
	if (r.log.trouble != NULL) {
		fprintf(stderr, "portcullis: %s\n", r.log.trouble);
		return STATUS_UNDECIDED;
	}
	return r.refused == 0 ? STATUS_YES : STATUS_NO;
}

static const struct option_row options[] = {
	{ 0, "program", "GUEST=HOST", "the program at path GUEST of the run is the file HOST here" },
	{ 0, "root", "DIR", "the root folder of the run" },
	{ 0, "programs", "DIR", "a folder of programs, by their names" },
	{ 0 },
};

const struct command command_refusals = {
	.name = "refusals",
	.operands = "EVENTS",
	.summary = "what a run was refused, and which line of the program asked for it",
	.details = "Reads the records of a run and prints each refused call once: with its\n"
		   "arguments, the answer, the function and line that made it, its callers and the\n"
		   "filter that decided. Status 0: nothing was refused; 1: something was.\n",
	.options = options,
	.run = run_refusals,
};
