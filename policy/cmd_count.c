/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_count.c - `portcullis count`: how often a run made each call, and reached each instruction of
 * its filters.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "disasm.h"
#include "events.h"
#include "path.h"
#include "say.h"

/* Calls that are alike in all that a filter of their stack looks at. */
struct counted {
	struct event_count is;
	uint16_t flags;
	struct counted *next;
};

/* A line of the table. */
struct line {
	uint32_t nr;
	const char *answer;
	uint64_t calls;
};

struct counts {
	struct invocation *in;
	struct events_log log;
	struct counted *buckets[4096];
	struct line *lines;
	size_t n_lines, room;
};

static void count_event(struct counts *c, const struct event *e)
{
	const struct event_count *is = event_body(e);
	uint64_t hash = is->stack;
	struct counted **bucket, *old;

	for (size_t i = 0; i < sizeof(is->data) / 8; i++) {
		uint64_t word;

		memcpy(&word, (const char *)&is->data + 8 * i, 8);
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	}
	bucket = &c->buckets[hash >> 52];
	for (old = *bucket; old != NULL; old = old->next)
		if (old->flags == e->flags && old->is.stack == is->stack &&
		    memcmp(&old->is.data, &is->data, sizeof(is->data)) == 0)
			break;
	if (old == NULL) {
		old = arena_zalloc(&c->in->arena, sizeof(*old));
		*old = (struct counted){ .is = *is, .flags = e->flags, .next = *bucket };
		old->is.calls = 0;
		*bucket = old;
	}
	old->is.calls += is->calls;
}

/* ---- per call ---- */

static const char *answer_to(struct counts *c, const struct counted *x)
{
	const struct events_filter *newest = events_find_filter(&c->log, x->is.stack);

	if (x->flags & EVENT_CALL_STRICT)
		return "by mode strict";
	if (newest == NULL)
		return "no filter";
	return say_answer(&c->in->arena, seccomp_evaluate(&newest->node, 0, &x->is.data).ret);
}

static void add_line(struct counts *c, const struct counted *x)
{
	const char *answer = answer_to(c, x);
	size_t i = 0;

	while (i < c->n_lines && (c->lines[i].nr != (uint32_t)x->is.data.nr || strcmp(c->lines[i].answer, answer) != 0))
		i++;
	if (i == c->n_lines) {
		c->lines = arena_grow(&c->in->arena, c->lines, i, 1, sizeof(*c->lines), &c->room);
		c->lines[c->n_lines++] = (struct line){ .nr = (uint32_t)x->is.data.nr, .answer = answer };
	}
	c->lines[i].calls += x->is.calls;
}

/* Most often first; then by number and answer, so that the same run gives the same table. */
static int compare_lines(const void *one, const void *other)
{
	const struct line *a = one, *b = other;

	if (a->calls != b->calls)
		return a->calls < b->calls ? 1 : -1;
	if (a->nr != b->nr)
		return a->nr < b->nr ? -1 : 1;
	return strcmp(a->answer, b->answer);
}

static void print_calls(struct counts *c)
{
	for (size_t i = 0; i < sizeof(c->buckets) / sizeof(c->buckets[0]); i++)
		for (const struct counted *x = c->buckets[i]; x != NULL; x = x->next)
			add_line(c, x);
	qsort(c->lines, c->n_lines, sizeof(*c->lines), compare_lines);
	fprintf(c->in->out, "    calls  answer\n");
	for (size_t i = 0; i < c->n_lines; i++)
		fprintf(c->in->out, "%9" PRIu64 "  %-14s  %s\n", c->lines[i].calls, c->lines[i].answer,
			say_call_name(&c->in->arena, c->lines[i].nr));
}

/* ---- per instruction ---- */

static bool stack_holds(const struct counts *c, uint64_t stack, const struct events_filter *f)
{
	const struct events_filter *newest = events_find_filter(&c->log, stack);

	for (const struct seccomp_filter *x = newest == NULL ? NULL : &newest->node; x != NULL; x = x->prev)
		if (x == &f->node)
			return true;
	return false;
}

/*
 * Adds X's calls to the instructions that they went through. Of a call that the gate answers only
 * the number is known: returns how many of them are for that reason not followed to the end.
 */
static uint64_t add_path(const struct events_filter *f, const struct counted *x, uint64_t *counts)
{
	struct arena arena = { NULL };
	const struct path path = path_find(&arena, f->node.program, &x->is.data);
	const uint32_t n = x->flags & EVENT_CALL_CONSTANT ? path_certain(f->node.program, &path) : path.n;
	const bool whole = n == path.n;

	for (uint32_t i = 0; i < n; i++)
		counts[path.pc[i]] += x->is.calls;
	arena_free(&arena);
	return whole ? 0 : x->is.calls;
}

static void print_filter(struct counts *c, const struct events_filter *f)
{
	const struct seccomp_program *program = f->node.program;
	uint64_t *counts = arena_zalloc(&c->in->arena, program->len * sizeof(*counts));
	uint64_t lost = 0;

	for (size_t i = 0; i < sizeof(c->buckets) / sizeof(c->buckets[0]); i++)
		for (const struct counted *x = c->buckets[i]; x != NULL; x = x->next)
			if (!(x->flags & EVENT_CALL_STRICT) && stack_holds(c, x->is.stack, f))
				lost += add_path(f, x, counts);
	fprintf(c->in->out, "filter %" PRIu64 "%s, %" PRIu32 " instructions:\n", f->node.id,
		f->boot == 0 ? "" : arena_print(&c->in->arena, ", of the %" PRIu32 ". -f", f->boot), program->len);
	for (uint32_t pc = 0; pc < program->len; pc++) {
		char text[SECCOMP_TEXT_MAX];

		seccomp_disasm(text, &program->insns[pc]);
		if (counts[pc] == 0)
			fprintf(c->in->out, "%9s", "#####");
		else
			fprintf(c->in->out, "%9" PRIu64, counts[pc]);
		fprintf(c->in->out, ": %4" PRIu32 ": %s\n", pc, text);
	}
	if (lost > 0)
		fprintf(c->in->out,
			"%9" PRIu64
			" calls went on in ways that depend on their arguments and end in the same answer\n",
			lost);
}

static void print_filters(struct counts *c, const struct events_filter *f)
{
	if (f == NULL)
		return;
	print_filters(c, f->next); /* the oldest first */
	print_filter(c, f);
}

static enum status run_count(struct invocation *in)
{
	struct counts *c = arena_zalloc(&in->arena, sizeof(*c));

	c->in = in;
	if (in->n_operands != 1)
		return bad_usage(in, "one FILE is wanted");
	if (events_open(&c->log, &in->arena, in->operands[0]) && !(c->log.asked & EVENTS_COUNT)) {
		complain("portcullis: %s: calls were not counted in that run (--count)\n", in->operands[0]);
		return STATUS_BAD;
	}
	for (const struct event *e; (e = events_next(&c->log)) != NULL;)
		if (e->type == EVENT_COUNT)
			count_event(c, e);
	if (c->log.trouble != NULL) {
		complain("portcullis: %s\n", c->log.trouble);
		return STATUS_BAD;
	}
	if (!c->log.complete) {
		complain("portcullis: %s: the run did not end by itself, and so told no counts\n", c->log.name);
		return STATUS_NO;
	}
	print_calls(c);
	print_filters(c, c->log.filters);
	return STATUS_YES;
}

const struct command command_count = {
	.name = "count",
	.operands = "EVENTS",
	.summary = "how often a run made each call, and reached each instruction of its filters",
	.details = "Reads what qemu.sh run --count recorded. ##### marks what was not reached. Calls\n"
		   "whose answer is the same whatever the arguments are counted by their number\n"
		   "alone: where their way through a filter depends on arguments all the same, it\n"
		   "is counted up to there, and the end says how many they were.\n",
	.run = run_count,
};
