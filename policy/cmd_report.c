/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_report.c - `portcullis report`: a run as one page of HTML.
 */
#include "report.h"
#include "where_given.h"

static enum status run_report(struct invocation *in)
{
	struct report *r = arena_zalloc(&in->arena, sizeof(*r));
	enum status status = refusals_open(&r->run, in);

	if (status != STATUS_YES)
		return status;
	r->in = in;
	r->arena = &in->arena;
	r->programs = new_stack(in);
	history_init(&r->history, r->arena, &r->run.log);
	for (const struct event *e; (e = refusals_next(&r->run)) != NULL;)
		report_take(r, e);
	(void)refusals_prove(&r->run);
	if (!report_page(r))
		status = STATUS_BAD;
	refusals_close(&r->run);
	if (r->run.log.trouble != NULL) {
		complain("portcullis: %s\n", r->run.log.trouble);
		return STATUS_UNDECIDED;
	}
	return status;
}

static const struct option_row options[] = {
	WHERE_OPTION_ROWS,
	PROVED_OPTION_ROW,
	{ 0, "command", "TEXT", "the command that makes the page again, to be shown in it" },
	{ 0, "instructions", NULL, "the run was one of --icount: its time counts instructions" },
	{ 0 },
};

const struct command command_report = {
	.name = "report",
	.operands = "EVENTS -o FILE.html",
	.summary = "a run as one page: refusals, maps, decisions, processes, time",
	.details = "Makes one page of HTML of the events of a run: what was not allowed, with the\n"
		   "rule and the line of the program; the calls by number; how the policies that\n"
		   "the run was given (-f, in the same order) decided, with counts; processes and\n"
		   "their filters; verdicts over time; which lines of the policies were used. The\n"
		   "page needs no script and no network, and is the same for the same events.\n"
		   "Graphs are laid out by dot, of Debian's package graphviz. qemu.sh run --report\n"
		   "makes it at once.\n",
	.options = options,
	.reads = true,
	.run = run_report,
};
