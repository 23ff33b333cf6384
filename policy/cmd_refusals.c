/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_refusals.c - `portcullis refusals`: what a run was refused, by whom, and
 * which line of the program asked.
 */
#include <inttypes.h>
#include <string.h>

#include "refusals.h"
#include "say.h"
#include "where_given.h"

#define ROWS_MAX 40U /* that are told, unless --all */

static void print_row(struct refusals *r, const struct refusal *row)
{
	FILE *to = r->in->out;
	const char *hint = refusal_hint(r, row), *reason = refusal_reason(r, row), *who = refusal_who(r, row);

	fprintf(to, "  %s  %s", row->calls[0], row->answer);
	if (row->count > 1)
		fprintf(to, "  %" PRIu64 " times%s", row->count, row->kinds > 1 ? ", with various arguments" : "");
	for (size_t i = 1; i < row->kinds && i < REFUSAL_CALLS; i++)
		fprintf(to, "\n  %s", row->calls[i]);
	if (row->kinds > REFUSAL_CALLS)
		fprintf(to, "\n  and with %" PRIu64 " other arguments", row->kinds - REFUSAL_CALLS);
	fprintf(to, "\n      at %s%s", row->at, row->in_name);
	if (who != NULL)
		fprintf(to, ", by %s", who);
	if (row->callers[0] != '\0')
		fprintf(to, "\n      called by %s", row->callers);
	fputc('\n', to);
	if (reason == NULL)
		fprintf(to, "      by %s\n", row->by);
	for (const char *line = reason; line != NULL && *line != '\0';) {
		const size_t n = strcspn(line, "\n");

		fprintf(to, "    %.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
	}
	if (hint != NULL)
		fprintf(to, "      note: %s\n", hint);
}

/* The rows of calls that were allowed, or of those that were not. */
static void print_rows(struct refusals *r, bool allowed)
{
	const bool all = option(r->in, "all") != NULL;
	size_t n = 0;

	for (const struct refusal *row = r->rows; row != NULL; row = row->next)
		if (row->allowed == allowed && (n++ < ROWS_MAX || all))
			print_row(r, row);
	if (n > ROWS_MAX && !all)
		fprintf(r->in->out,
			"  and %zu more, which `portcullis refusals --all EVENTS` tells (run --events EVENTS keeps them)\n",
			n - ROWS_MAX);
}

static void print_unexpected(struct refusals *r)
{
	const char *names = "";

	for (const struct refusal *row = r->rows; row != NULL; row = row->next) {
		const char *name = say_call_name(&r->in->arena, (uint32_t)row->data.nr);

		if (row->unexpected &&
		    strstr(arena_print(&r->in->arena, "%s ", names), arena_print(&r->in->arena, " %s ", name)) == NULL)
			names = arena_print(&r->in->arena, "%s %s", names, name);
	}
	fprintf(r->in->out, "not expected:%s\n", names);
}

static void print_refusals(struct refusals *r)
{
	FILE *to = r->in->out;

	if (r->log.asked & EVENTS_ALL)
		fprintf(to, "%" PRIu64 " call%s, %" PRIu64 " not allowed\n", r->calls, r->calls == 1 ? "" : "s",
			r->refused);
	else if (r->refused > 0)
		fprintf(to, "%" PRIu64 " call%s not allowed\n", r->refused, r->refused == 1 ? " was" : "s were");
	if (r->logged > 0)
		fprintf(to, "%" PRIu64 " call%s logged, and ran\n", r->logged, r->logged == 1 ? " was" : "s were");
	if (r->expect.given && r->unexpected > 0)
		print_unexpected(r);
	if (r->not_installed > 0)
		fprintf(to, "%" PRIu64 " filter%s not installed\n", r->not_installed,
			r->not_installed == 1 ? " was" : "s were");
	print_rows(r, false);
	if (option(r->in, "explain") != NULL)
		fputs("allowed:\n", to);
	print_rows(r, true);
}

static enum status run_refusals(struct invocation *in)
{
	struct refusals *r = arena_zalloc(&in->arena, sizeof(*r));
	enum status status = refusals_open(r, in);

	if (status != STATUS_YES)
		return status;
	while (refusals_next(r) != NULL)
		;
	print_refusals(r);
	refusals_close(r);
	if (r->log.trouble != NULL) {
		complain("portcullis: %s\n", r->log.trouble);
		return STATUS_UNDECIDED;
	}
	if (!r->log.complete && option(in, "quiet") == NULL)
		complain("portcullis: %s: the run did not end by itself; what it was refused later is not told\n",
			 r->log.name);
	return r->unexpected == 0 ? STATUS_YES : STATUS_NO;
}

static const struct option_row options[] = {
	WHERE_OPTION_ROWS,
	PROVED_OPTION_ROW,
	{ 0, "all", NULL, "all kinds of refusals, however many they are" },
	{ 0, "explain", "CALLS", "names with commas, or all: tell of calls that were allowed, too" },
	{ 0, "expect", "CALLS", "names with commas: refusals of these are no reason for status 1" },
	{ 0 },
};

const struct command command_refusals = {
	.name = "refusals",
	.operands = "EVENTS",
	.summary = "what a run was refused, and which line of the program asked for it",
	.details = "Reads the records of a run and prints each refused call once, whatever its\n"
		   "arguments, of which some are shown: the answer, the function and line that made\n"
		   "it, its callers and the filter that decided. With the policies that the run was\n"
		   "given (-f, in the same order), the rule that refused it, or the rules that name\n"
		   "the call and the condition that failed. Status 0: nothing was refused that\n"
		   "--expect does not name; 1: something was.\n",
	.reads = true,
	.options = options,
	.run = run_refusals,
};
