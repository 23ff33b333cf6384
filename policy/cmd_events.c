/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_events.c - `portcullis events`: what a run recorded, as JSON lines, each record checked.
 */
#include <inttypes.h>

#include "command.h"
#include "events.h"
#include "events_json.h"

static enum status run_events(struct invocation *in)
{
	struct events_log log;

	if (in->n_operands != 1)
		return bad_usage(in, "one FILE is wanted");
	if (!events_open(&log, &in->arena, in->operands[0])) {
		complain("portcullis: %s\n", log.trouble);
		return STATUS_BAD;
	}
	for (const struct event *e; (e = events_next(&log)) != NULL;)
		events_json_write(in->out, e);
	if (log.trouble != NULL) {
		complain("portcullis: %s\n", log.trouble);
		return STATUS_UNDECIDED;
	}
	if (!log.complete) {
		complain("portcullis: %s: the run did not end by itself: what followed record %" PRIu64
			 " is not there\n",
			 option(in, "output") != NULL ? option(in, "output") : log.name, log.records - 1);
		return STATUS_NO;
	}
	return STATUS_YES;
}

const struct command command_events = {
	.name = "events",
	.operands = "FILE",
	.summary = "the events of a run, checked, as JSON lines",
	.details = "Reads the records of a kernel, or the lines that qemu.sh run --events wrote;\n"
		   "prints each record as one line of JSON, and checks it: the numbers\n"
		   "have no gap, the stack that judged a call is the one that installs and forks\n"
		   "led to, and the verdict is what the filters give to the same call. Status 3:\n"
		   "a check failed. Status 1: the run did not end by itself, so that its last\n"
		   "records are not there. stderr says which record it was.\n",
	.run = run_events,
};
