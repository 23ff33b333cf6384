/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_refusals.c - `portcullis refusals`: what a run was refused, by whom, and
 * which line of the program asked.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "events.h"
#include "names.h"
#include "pointee.h"
#include "run_stack.h"
#include "say.h"
#include "show.h"
#include "where.h"

/*
 * Refusals that differ in nothing that is printed are one row; so are allowed calls that differ in
 * arguments alone.
 */
struct row {
	const char *call, *answer, *at, *callers, *by;
	struct seccomp_data data;
	uint32_t ret;
	bool boot; /* a filter of the command line decided: its policy can tell why */
	bool allowed, various;
	uint64_t count;
	struct row *next;
};

struct refusals {
	struct invocation *in;
	struct events_log log;
	struct where *where;
	const char *program; /* path of the last one that was started by the kernel */
	struct row *rows, **last;
	uint64_t calls, refused, unexpected;
	bool has_policies;
	struct run_stack run;
	struct asker asker;
};

#define FRAMES_MAX 16U

static const char *callers(struct refusals *r, const struct where_frame *frames, unsigned int n)
{
	const char *text = "";

	/* What calls main() is the C library's. */
	for (unsigned int i = 0; i + 1 < n; i++)
		if (frames[i].function != NULL && strcmp(frames[i].function, "main") == 0)
			n = i + 1;
	for (unsigned int i = 1; i < n; i++)
		text = arena_print(&r->in->arena, "%s%s%s", text, i == 1 ? "" : " < ",
				   where_text(&r->in->arena, &frames[i], r->program));
	return text;
}

static void add_row(struct refusals *r, const struct row *row)
{
	for (struct row *old = r->rows; old != NULL; old = old->next)
		if ((strcmp(old->call, row->call) == 0 || (row->allowed && old->data.nr == row->data.nr)) &&
		    strcmp(old->answer, row->answer) == 0 && strcmp(old->at, row->at) == 0 &&
		    strcmp(old->callers, row->callers) == 0 && strcmp(old->by, row->by) == 0) {
			old->various |= strcmp(old->call, row->call) != 0;
			old->count++;
			return;
		}
	*r->last = arena_zalloc(&r->in->arena, sizeof(**r->last));
	**r->last = *row;
	r->last = &(*r->last)->next;
}

/* Is the call of number NR one of the NAMES, with commas between them? */
static bool is_named(const char *names, uint32_t nr)
{
	const struct call *call = call_by_number(nr);

	for (const char *s = names; s != NULL && call != NULL; s = *s == ',' ? s + 1 : NULL) {
		const size_t n = strcspn(s, ",");

		if (strlen(call->name) == n && strncmp(call->name, s, n) == 0)
			return true;
		s += n;
	}
	return false;
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
		const bool known = r->has_policies && f->boot != 0 && f->boot <= r->run.side.n;
		const char *why = known ? run_stack_why(&r->in->arena, r->run.policies[f->boot - 1], &call->data)
					: arena_print(&r->in->arena, "filter %" PRIu64, f->node.id);

		*boot |= known;
		text = arena_print(&r->in->arena, "%s%s%s", text, *text == '\0' ? "" : ", ", why);
	}
	return text;
}

static void take_allowed(struct refusals *r, const struct event *e)
{
	const char *wanted = option(r->in, "explain");
	const struct event_call *call = event_body(e);
	struct row row = { .count = 1, .data = call->data, .ret = call->ret, .allowed = true, .callers = "" };
	struct where_frame frame;

	if (wanted == NULL || (strcmp(wanted, "all") != 0 && !is_named(wanted, (uint32_t)call->data.nr)))
		return;
	where_look(r->where, e, &frame, 1);
	row.call = pointee_call(&r->in->arena, e);
	row.answer = say_answer(&r->in->arena, call->ret);
	row.at = where_text(&r->in->arena, &frame, r->program);
	row.by = passed_by(r, e, &row.boot);
	add_row(r, &row);
}

static void take_call(struct refusals *r, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct where_frame frames[FRAMES_MAX];
	struct row row = { .count = 1, .data = call->data, .ret = call->ret };
	const struct events_filter *f = events_find_filter(&r->log, call->id);
	unsigned int n;

	r->calls++;
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW) {
		take_allowed(r, e);
		return;
	}
	r->refused++;
	r->unexpected += !is_named(option(r->in, "expect"), (uint32_t)call->data.nr);
	row.boot = f != NULL && f->boot != 0;
	n = where_look(r->where, e, frames, FRAMES_MAX);
	row.call = pointee_call(&r->in->arena, e);
	row.answer = say_answer(&r->in->arena, call->ret);
	row.at = where_text(&r->in->arena, &frames[0], r->program);
	row.callers = callers(r, frames, n);
	row.by = call->id == 0 ? e->flags & EVENT_CALL_STRICT ? "mode strict" : "no filter"
			       : arena_print(&r->in->arena, "filter %" PRIu64 ", instruction %u", call->id, call->pc);
	add_row(r, &row);
}

/*
 * What is worth knowing about a refusal of that kind, or NULL. TOLD:
 * show_call() tells of fallbacks itself.
 */
static const char *hint_for(const struct row *row, bool told)
{
	const struct call *call = call_by_number((uint32_t)row->data.nr);

	if ((row->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_KILL_THREAD)
		return "this ends the thread alone: others of its process go on, and may wait for it";
	if ((row->ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ERRNO || (row->ret & SECCOMP_RET_DATA) == ENOSYS ||
	    call == NULL)
		return NULL;
	if (strcmp(call->name, "restart_syscall") == 0)
		return "Linux makes this call itself when a sleep was interrupted: allow it wherever sleeps are allowed";
	if (!told && show_fallback(call->name) != NULL)
		return "C libraries fall back on an older call only when this one fails with ENOSYS";
	return NULL;
}

/* Which rule of the policies it was, or which ones name the call and which condition failed. */
static void print_rules(struct refusals *r, const struct row *row)
{
	const struct query q = { .text = row->call,
				 .data = row->data,
				 .known = { true, true, true, true, true, true } };
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	if (to == NULL)
		return;
	(void)show_call(to, &r->asker, &r->in->arena, &r->run, &q, false, false);
	fclose(to);
	for (const char *line = text; *line != '\0';) {
		const size_t n = strcspn(line, "\n");

		fprintf(r->in->out, "    %.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
	}
	free(text);
}

static void print_row(struct refusals *r, const struct row *row)
{
	FILE *to = r->in->out;
	const char *hint = hint_for(row, r->has_policies && row->boot);

	fprintf(to, "  %s  %s", row->call, row->answer);
	if (row->count > 1)
		fprintf(to, "  %" PRIu64 " times%s", row->count, row->various ? ", with various arguments" : "");
	fprintf(to, "\n      at %s", row->at);
	if (row->callers[0] != '\0')
		fprintf(to, "\n      called by %s", row->callers);
	fputc('\n', to);
	if (r->has_policies && row->boot)
		print_rules(r, row);
	else
		fprintf(to, "      by %s\n", row->by);
	if (hint != NULL)
		fprintf(to, "      note: %s\n", hint);
}

static void print(struct refusals *r)
{
	FILE *to = r->in->out;

	if (r->log.asked & EVENTS_ALL)
		fprintf(to, "%" PRIu64 " calls, %" PRIu64 " not allowed\n", r->calls, r->refused);
	else if (r->refused > 0)
		fprintf(to, "%" PRIu64 " call%s not allowed\n", r->refused, r->refused == 1 ? " was" : "s were");
	for (const struct row *row = r->rows; row != NULL; row = row->next)
		if (!row->allowed)
			print_row(r, row);
	if (option(r->in, "explain") != NULL)
		fputs("allowed:\n", to);
	for (const struct row *row = r->rows; row != NULL; row = row->next)
		if (row->allowed)
			print_row(r, row);
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
	if (option(in, "file") != NULL) {
		struct stack *stack = arena_zalloc(&in->arena, sizeof(*stack));
		enum status status;

		*stack = new_stack(in);
		if (!read_stack(in, stack, 0, 0))
			return STATUS_BAD;
		ask_init(&r.asker);
		status = run_stack_make(in, stack, &r.asker, &r.run);
		if (status != STATUS_YES)
			return status;
		r.has_policies = true;
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
	if (r.has_policies)
		ask_free(&r.asker);
	if (r.log.trouble != NULL) {
		fprintf(stderr, "portcullis: %s\n", r.log.trouble);
		return STATUS_UNDECIDED;
	}
	return r.unexpected == 0 ? STATUS_YES : STATUS_NO;
}

static const struct option_row options[] = {
	{ 0, "program", "GUEST=HOST", "the program at path GUEST of the run is the file HOST here" },
	{ 0, "root", "DIR", "the root folder of the run" },
	{ 0, "explain", "CALLS", "names with commas, or all: tell of calls that were allowed, too" },
	{ 0, "expect", "CALLS", "names with commas: refusals of these are no reason for status 1" },
	{ 0, "programs", "DIR", "a folder of programs, by their names" },
	{ 0 },
};

const struct command command_refusals = {
	.name = "refusals",
	.operands = "EVENTS",
	.summary = "what a run was refused, and which line of the program asked for it",
	.details = "Reads the records of a run and prints each refused call once: with its\n"
		   "arguments, the answer, the function and line that made it, its callers and the\n"
		   "filter that decided. With the policies that the run was given (-f, in the same\n"
		   "order), the rule that refused it, or the rules that name the call and the\n"
		   "condition that failed. Status 0: nothing was refused that --expect does not\n"
		   "name; 1: something was.\n",
	.reads = true,
	.options = options,
	.run = run_refusals,
};
